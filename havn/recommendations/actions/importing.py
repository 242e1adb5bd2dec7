"""Storing a factsheet that was read, after a person has seen what was understood of it.

A factsheet is many hundred rows. They are stored in short transactions, so that nobody else waits for the lock; until
the last one it is not ready, and nobody sees it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.recommendations.actions.import_text import (
    AT_ONCE,
    NUMBER,
    Rows,
    chapters_of,
    store,
    write_chapters,
    write_passages,
)
from havn.recommendations.actions.removing import take_away
from havn.recommendations.models import (
    Ask,
    Citation,
    Factsheet,
    FollowUp,
    Footnote,
    MonitoringRound,
    Observation,
    Recommendation,
)
from havn.recommendations.permissions import check_can_prepare
from havn.recommendations.queries.factsheets import words_of_round
from havn.recommendations.rules.factsheet import asks as reading
from havn.recommendations.rules.factsheet.dating import has_words_in_boxes, submitted_in
from havn.recommendations.rules.factsheet.document import FOLLOW_UP, Document, Line
from havn.recommendations.rules.factsheet.inline import plain
from havn.recommendations.rules.factsheet.inner import marked_text, words_of
from havn.recommendations.rules.factsheet.verbs import RoundWords
from havn.recommendations.rules.factsheet.writing import fingerprint
from havn.recommendations.rules.refs import chapter_of, order_of
from havn.tenancy.models import Centre

_TITLE = 200
_GIVEN_UP = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class _Read:
    """What is worked out of a document before anything is locked."""

    document: Document
    words: RoundWords
    asks: list[reading.AskText]
    observations: list[reading.Observed]
    fingerprint: str
    as_of: dt.date | None


def import_factsheet(
    *, actor: User, centre: Centre, round: MonitoringRound, party: Centre, document: Document, source_name: str,
    as_of: dt.date | None = None,
    left_out: Sequence[Line] = (),
) -> Factsheet:  # fmt: skip
    """Store a document as the factsheet of a Party in a round. Refused when the Party has one in this round.

    `left_out`: lines of the file that are not in it; they stay beside it. `as_of`: the day of which the words in its
    boxes speak; without it, the month that the document names. Refused when there are words and no day, and for a
    document that has a chapter twice.
    """
    check_can_prepare(actor, centre, round)
    if party.kind != Centre.Kind.NATIONAL:
        raise Refused(_("A factsheet is about a country."))
    if not document.chapters:
        raise Refused(_("This file has no chapters that could be stored."))
    twice = document.twice()
    if twice:
        raise Refused(
            _("Chapter %(number)s begins twice in this file. Say of one of its lines what it is.") % {"number": twice}
        )
    day = as_of or submitted_in(document)
    if day is None and has_words_in_boxes(document):
        raise Refused(_("Say of which day the words in the boxes are: the file does not say it."))
    words = words_of_round(round)
    read = _Read(
        document, words, reading.asks_of(document, words), reading.observations_of(document, words),
        fingerprint(document), day,
    )  # fmt: skip
    _clear_given_up(round, party)
    factsheet = _begin(actor, round, party, read, source_name, left_out)
    try:
        _write(factsheet, read)
        _finish(actor, centre, factsheet)
    except BaseException:
        take_away(factsheet)
        raise
    return factsheet


def _clear_given_up(round: MonitoringRound, party: Centre) -> None:
    """Take away what an import left that was stopped in the middle."""
    old = Factsheet.objects.filter(round=round, party=party, is_ready=False, imported_at__lt=now() - _GIVEN_UP).first()
    if old is not None:
        take_away(old)


@transaction.atomic
def _begin(
    actor: User, round: MonitoringRound, party: Centre, read: _Read, source_name: str, left_out: Sequence[Line]
) -> Factsheet:
    MonitoringRound.objects.select_for_update(of=("self",)).get(pk=round.pk)
    there = Factsheet.objects.filter(round=round, party=party).first()
    if there is not None and there.is_ready:
        raise Refused(_("This country has a factsheet in this round already."))
    if there is not None:
        raise Refused(_("Somebody is storing a factsheet of this country right now. Look again in ten minutes."))
    return Factsheet.objects.create(
        round=round, party=party, title=_title(read.document, party), source_name=source_name[:_TITLE],
        left_out=[[line.number, line.text] for line in left_out], fingerprint=read.fingerprint, imported_by=actor,
        imported_at=now(),
    )  # fmt: skip


def _write(factsheet: Factsheet, read: _Read) -> None:
    rows = Rows(factsheet, chapters_of(factsheet.round, read.document))
    write_chapters(rows, read.document)
    write_passages(rows, read.document)
    notes = _write_notes(factsheet, read.document)
    asks = _write_asks(rows, read, notes)
    _write_observations(rows, read)
    _write_follow_ups(rows, asks, read.as_of)


@transaction.atomic
def _finish(actor: User, centre: Centre, factsheet: Factsheet) -> None:
    factsheet.is_ready = True
    factsheet.save(update_fields=["is_ready"])
    record(
        centre_id=centre.pk, actor_id=actor.pk, action="recommendations.factsheet.imported",
        subject=f"factsheet:{factsheet.pk}",
    )  # fmt: skip


def _title(document: Document, party: Centre) -> str:
    heading = next((block for block in document.front if block.kind == "heading"), None)
    return plain(heading.text)[:_TITLE] if heading else party.name[:_TITLE]


def _write_notes(factsheet: Factsheet, document: Document) -> dict[int, Footnote]:
    made = [Footnote(factsheet=factsheet, number=note.number, text=note.text) for note in document.notes]
    return {note.number: note for note in store(made)}


def _write_asks(rows: Rows, read: _Read, notes: dict[int, Footnote]) -> list[Ask]:
    found = read.asks
    made = [
        Ask(
            factsheet=rows.factsheet, chapter=rows.chapters[one.chapter[:NUMBER]],
            passage=rows.places[one.chapter, one.at], length=len(one.tree), number=number, verb=one.verb,
            scope=one.scope, lead=plain(one.lead), text=words_of(one.tree), paragraphs=list(one.paragraphs),
        )
        for number, one in enumerate(found, start=1)
    ]  # fmt: skip
    store(made)
    known = _recommendations(rows, read.words, found)
    store(
        [
            Citation(ask=ask, recommendation=known[cited.ref], footnote=notes[cited.note])
            for ask, one in zip(made, found, strict=True)
            for cited in one.cited
        ]
    )
    return made


def _recommendations(rows: Rows, words: RoundWords, found: list[reading.AskText]) -> dict[str, Recommendation]:
    """Those of the round by their id, with those that are cited for the first time."""
    round = rows.factsheet.round
    known = {one.ref: one for one in round.recommendations.all()}
    verbs = {cited.ref: one.verb for one in found for cited in one.cited}
    new = [
        Recommendation(
            round=round, ref=ref, order=order_of(ref, words.scheme), verb=verb,
            chapter=rows.chapters.get(chapter_of(ref, words.scheme)),
        )
        for ref, verb in verbs.items()
        if ref not in known
    ]  # fmt: skip
    for first in range(0, len(new), AT_ONCE):
        Recommendation.objects.bulk_create(new[first : first + AT_ONCE], ignore_conflicts=True)
    return {one.ref: one for one in round.recommendations.all()}


def _write_observations(rows: Rows, read: _Read) -> None:
    store(
        [
            Observation(
                factsheet=rows.factsheet, chapter=rows.chapters[one.chapter[:NUMBER]],
                passage=rows.places[one.chapter, one.at], text=words_of(one.tree), paragraphs=list(one.paragraphs),
            )
            for one in read.observations
        ]
    )  # fmt: skip


def _write_follow_ups(rows: Rows, asks: list[Ask], as_of: dt.date | None) -> None:
    """What stood in the boxes. A follow-up belongs to the ask above its box; a practice to its chapter."""
    moment = now()
    made = []
    for number, at, block in rows.boxes:
        if not block.children:
            continue
        box = rows.places[number, at]
        is_follow_up = block.kind == FOLLOW_UP
        above = [ask for ask in asks if ask.chapter_id == box.chapter_id and ask.passage.order < box.order]
        made.append(
            FollowUp(
                factsheet=rows.factsheet,
                chapter=rows.chapters[number[:NUMBER]],
                box=box,
                ask=above[-1] if is_follow_up and above else None,
                is_imported=True,
                kind=FollowUp.Kind.MEASURE if is_follow_up else FollowUp.Kind.PRACTICE,
                state=FollowUp.State.VALIDATED,
                validated_at=moment,
                changed_at=moment,
                dated_on=as_of or moment.date(),
                text=marked_text(block.children),
            )
        )
    store(made)
