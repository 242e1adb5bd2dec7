"""A stored factsheet as a document: its passages in their order, with follow-up in its boxes."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.common.dates import day
from havn.recommendations.models import Ask, Evidence, Factsheet, FollowUp, Passage
from havn.recommendations.rules.factsheet.document import (
    BOXES,
    BULLET,
    FOLLOW_UP,
    NOTED,
    PARAGRAPH,
    PRACTICE,
    Block,
    ChapterText,
    Document,
    Note,
)
from havn.recommendations.rules.factsheet.inline import escaped, plain, tidy
from havn.recommendations.rules.factsheet.inner import marked_blocks, written_blocks
from havn.recommendations.rules.rounds import status_named
from havn.recommendations.rules.states import VALIDATED

Choose = Callable[[FollowUp], bool]


def validated(follow_up: FollowUp) -> bool:
    """What everybody may read."""
    return follow_up.state == VALIDATED


def document_of(factsheet: Factsheet, choose: Choose = validated) -> Document:
    """The whole document with those follow-ups that are chosen, in the factsheet's language."""
    with override(factsheet.language):
        return _Composer(factsheet, choose).document()


def blocks_of(follow_up: FollowUp) -> tuple[Block, ...]:
    """One follow-up as it stands in its box. Call it in the language of the factsheet."""
    if follow_up.is_imported:
        return marked_blocks(follow_up.text)
    shown = [_evidence(one) for one in follow_up.evidence.all()]
    heads = [Block(PARAGRAPH, tidy(f"*{escaped(_head(follow_up))}*"))]
    if shown:
        shown.insert(0, Block(PARAGRAPH, tidy(escaped(_("What shows it:")))))
    return (*heads, *written_blocks(follow_up.text), *shown)


def words_of_ask(ask: Ask) -> tuple[Block, ...]:
    """An ask with its bullets, without the notes that are called in it: they stand on the page of its chapter."""
    first = ask.passage.order
    found = list(ask.factsheet.passages.filter(parent=None, order__gte=first, order__lt=first + ask.length))
    return tuple(Block(one.kind, escaped(plain(one.text)), one.level - found[0].level) for one in found)


class _Composer:
    """Puts one factsheet together from its rows."""

    def __init__(self, factsheet: Factsheet, choose: Choose) -> None:
        self.factsheet = factsheet
        self.passages = list(factsheet.passages.select_related("chapter"))
        self.asks = {ask.passage_id: ask for ask in factsheet.asks.all()}
        found = factsheet.follow_ups.select_related("factsheet__round").prefetch_related("evidence")
        self.follow_ups = [one for one in found if choose(one)]

    def document(self) -> Document:
        by_chapter: dict[int | None, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            by_chapter[passage.chapter_id].append(passage)
        chapters = [
            ChapterText(part.chapter.number, part.title, self.blocks(by_chapter[part.chapter_id], part.chapter_id))
            for part in self.factsheet.parts.select_related("chapter")
        ]
        notes = [Note(note.number, note.text) for note in self.factsheet.footnotes.all()]
        return Document(self.blocks(by_chapter[None], None), tuple(chapters), tuple(notes))

    def blocks(self, passages: list[Passage], chapter_id: int | None) -> tuple[Block, ...]:
        found: list[Block] = []
        ends: dict[int, Ask] = {}
        for passage in passages:
            if passage.parent_id is not None:
                continue
            if passage.pk in self.asks:
                ask = self.asks[passage.pk]
                ends[passage.order + ask.length - 1] = ask
            found.append(self.block(passage, passages))
            if passage.order in ends:
                found += self.made_box(ends[passage.order])
        if chapter_id is not None:
            found += self.practice_box(chapter_id)
        return tuple(found)

    def block(self, passage: Passage, passages: list[Passage]) -> Block:
        if passage.kind in BOXES:
            inside = self.inside(one for one in self.follow_ups if one.box_id == passage.pk)
            return Block(passage.kind, passage.text, children=inside)
        if passage.kind == NOTED:
            inner = [Block(one.kind, one.text, one.level) for one in passages if one.parent_id == passage.pk]
            return Block(NOTED, passage.text, children=tuple(inner))
        return Block(passage.kind, passage.text, passage.level)

    def made_box(self, ask: Ask) -> list[Block]:
        """A box below an ask that had none as published; one for each kind."""
        return [
            box
            for kind in BOXES
            if (box := self.box(kind, [one for one in self.follow_ups if one.box_id is None and one.ask_id == ask.pk]))
        ]

    def practice_box(self, chapter_id: int) -> list[Block]:
        free = [
            one for one in self.follow_ups
            if one.box_id is None and one.ask_id is None and one.chapter_id == chapter_id
        ]  # fmt: skip
        box = self.box(PRACTICE, free)
        return [box] if box else []

    def box(self, kind: str, follow_ups: list[FollowUp]) -> Block | None:
        fitting = [one for one in follow_ups if (one.kind == FollowUp.Kind.PRACTICE) == (kind == PRACTICE)]
        if not fitting:
            return None
        named = self.factsheet.round.boxes.get(kind, {}).get("name") or _NAMES[kind]
        return Block(kind, tidy(escaped(named)), children=self.inside(fitting))

    def inside(self, follow_ups: Iterable[FollowUp]) -> tuple[Block, ...]:
        return tuple(block for one in follow_ups for block in blocks_of(one))


_NAMES = {FOLLOW_UP: "Follow-up actions:", PRACTICE: "Promising practices:"}


def _head(follow_up: FollowUp) -> str:
    parts = [_("As of %(day)s.") % {"day": day(follow_up.dated_on)}]
    status = status_named(follow_up.factsheet.round.statuses, follow_up.status)
    if status:
        parts.append(_("Status: %(status)s.") % {"status": status.name})
    if follow_up.body:
        parts.append(_("Responsible body: %(body)s.") % {"body": follow_up.body.rstrip(".")})
    if follow_up.due_on:
        parts.append(_("Due: %(day)s.") % {"day": day(follow_up.due_on)})
    if follow_up.state != VALIDATED:
        parts.append(_("Draft, not validated."))
    return " ".join(parts)


def _evidence(evidence: Evidence) -> Block:
    words = escaped(evidence_words(evidence))
    return Block(BULLET, tidy(f"{words}: <{evidence.url}>" if evidence.url else words))


def evidence_words(evidence: Evidence) -> str:
    """ "A course, 3 May 2026 (Counted: 40 participants)": as it was when it was added."""
    said = f"{evidence.label}, {day(evidence.dated_on)}" if evidence.dated_on else evidence.label
    return f"{said} ({evidence.figure})" if evidence.figure else said
