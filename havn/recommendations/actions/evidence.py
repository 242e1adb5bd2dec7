"""Hanging what shows it to a follow-up, and taking it away again."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.recommendations.actions.follow_up import locked_draft, note
from havn.recommendations.actions.replacing import forget_unused_files
from havn.recommendations.evidence import kinds, label_of, thing_of
from havn.recommendations.models import Evidence, EvidenceFile, FollowUp
from havn.recommendations.permissions import check_can_fill
from havn.rounds import api as rounds

_LABEL, _FIGURE = 200, 200
MOST = 50


@dataclass(frozen=True)
class Document:
    """A file as it was sent."""

    name: str
    content: bytes


def add_evidence(
    *, actor: User, follow_up: FollowUp, today: dt.date, label: str = "", dated_on: dt.date | None = None,
    url: str = "", thing: str = "", file: Document | None = None,
) -> Evidence:  # fmt: skip
    """A link or a document with its label, or a thing of this installation ("activity:5"), named as it is called there.

    Refused for a thing that is not the Party's own, for one that is there already, for a file that is no plain
    document, and for a follow-up that is no draft. Not within a transaction: a document takes seconds to look at.
    """
    check_can_fill(actor, follow_up.factsheet, today)
    kept = _as_kept(file) if file is not None else None
    evidence = Evidence(label=label[:_LABEL], url=url, dated_on=dated_on)
    return _added(actor, follow_up, evidence, thing, kept)


@transaction.atomic
def _added(actor: User, follow_up: FollowUp, evidence: Evidence, thing: str, file: EvidenceFile | None) -> Evidence:
    stored = locked_draft(follow_up)
    if stored.evidence.count() >= MOST:
        raise Refused(_("This follow-up has as much evidence as anybody could read."))
    evidence.follow_up = stored
    if thing:
        _point_at(evidence, thing)
    elif file is not None:
        file.save()
        evidence.file = file
        evidence.label = evidence.label or file.name
    evidence.save()
    note(actor, stored, "recommendations.evidence.added")
    return evidence


@transaction.atomic
def remove_evidence(*, actor: User, evidence: Evidence, today: dt.date) -> None:
    """Take one away. A thing itself stays; a document is destroyed, unless a draft or what it changes has it too."""
    check_can_fill(actor, evidence.follow_up.factsheet, today)
    stored = locked_draft(evidence.follow_up)
    evidence.delete()
    forget_unused_files()
    note(actor, stored, "recommendations.evidence.removed")


def _point_at(evidence: Evidence, thing: str) -> None:
    """Its name, day and figure are kept as they are now, in the language of the factsheet."""
    sheet = evidence.follow_up.factsheet
    with override(sheet.language):
        found = thing_of(sheet.party, thing)
        label = label_of(kinds()[thing.partition(":")[0]], found) if found else ""
    if found is None:
        raise Refused(_("This is not here any more. Choose something else."))
    kind, _colon, number = thing.partition(":")
    if evidence.follow_up.evidence.filter(kind=kind, object_id=int(number)).exists():
        raise Refused(_("This stands there already."))
    evidence.kind, evidence.object_id = kind, int(number)
    evidence.label = evidence.label or label[:_LABEL]
    evidence.dated_on, evidence.figure = found.day, found.figure[:_FIGURE]


def _as_kept(file: Document) -> EvidenceFile:
    """The document as it is kept. Raises Refused for what is no plain document, or too large."""
    if not file.content or len(file.content) > rounds.LARGEST_DOCUMENT:
        raise Refused(rounds.document_fault("size", rounds.LARGEST_DOCUMENT))
    kind = rounds.document_kind(file.name, file.content)
    if kind is None:
        raise Refused(rounds.document_fault("kind", rounds.LARGEST_DOCUMENT))
    content = rounds.document_as_kept(kind, file.content)
    return EvidenceFile(name=rounds.document_name(file.name, kind), content=content)
