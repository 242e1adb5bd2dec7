"""The text of an imported factsheet: its chapters and passages, a few rows in each transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models

from havn.recommendations.actions.rounds import shipped
from havn.recommendations.models import Chapter, Factsheet, MonitoringRound, Passage, SheetChapter
from havn.recommendations.rules.factsheet.document import BOXES, Block, Document
from havn.recommendations.rules.factsheet.inline import plain

_CHAPTER = 300
NUMBER = 10
AT_ONCE = 40

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Rows:
    """What is written, and what it hangs together by. `places`: passage by chapter and its place among the blocks."""

    factsheet: Factsheet
    chapters: dict[str, Chapter]
    passages: list[Passage] = field(default_factory=list)
    places: dict[tuple[str, int], Passage] = field(default_factory=dict)
    boxes: list[tuple[str, int, Block]] = field(default_factory=list)


def store(rows: Sequence[Row]) -> Sequence[Row]:
    """Write rows of one table, a few in each transaction; they have their keys afterwards."""
    for first in range(0, len(rows), AT_ONCE):
        part = rows[first : first + AT_ONCE]
        type(part[0])._default_manager.bulk_create(part)
    return rows


def chapters_of(round: MonitoringRound, document: Document) -> dict[str, Chapter]:
    """The chapters of the round, with those that this document brings."""
    data = shipped()
    proves = data["chapters"] if data["round"]["code"] == round.code else {}
    # Another import of this round may bring the same ones at the same time: both use those that are there first.
    Chapter.objects.bulk_create(
        [
            Chapter(
                round=round, order=order, number=text.number[:NUMBER], title=plain(text.title)[:_CHAPTER],
                proves=proves.get(text.number[:NUMBER], {}),
            )
            for order, text in enumerate(document.chapters, start=1)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return {chapter.number: chapter for chapter in round.chapters.all()}


def write_chapters(rows: Rows, document: Document) -> None:
    """What this factsheet calls its chapters, in its order."""
    made = [
        SheetChapter(factsheet=rows.factsheet, chapter=rows.chapters[one.number[:NUMBER]], order=order, title=one.title)
        for order, one in enumerate(document.chapters, start=1)
    ]
    store(made)


def write_passages(rows: Rows, document: Document) -> None:
    """Every block in the order of the file; `rows` learns where they stand, and which of them are boxes."""
    inner: list[tuple[Passage, Block]] = []
    order = 0
    for number, blocks in [("", document.front), *((one.number, one.blocks) for one in document.chapters)]:
        for at, block in enumerate(blocks):
            passage = _passage(rows, number, block, order)
            rows.places[number, at] = passage
            order += 1
            if block.kind in BOXES:
                rows.boxes.append((number, at, block))
            else:
                inner += [(passage, child) for child in block.children]
                order += len(block.children)
            rows.passages.append(passage)
    store(rows.passages)
    places: dict[int, int] = {}
    children = []
    for parent, child in inner:
        places[parent.pk] = places.get(parent.pk, parent.order) + 1
        made = Passage(
            factsheet=rows.factsheet, chapter=parent.chapter, parent=parent, order=places[parent.pk],
            kind=child.kind, level=child.level, text=child.text,
        )  # fmt: skip
        children.append(made)
    store(children)


def _passage(rows: Rows, number: str, block: Block, order: int) -> Passage:
    chapter = rows.chapters[number[:NUMBER]] if number else None
    return Passage(
        factsheet=rows.factsheet, chapter=chapter, order=order, kind=block.kind, level=block.level, text=block.text
    )  # fmt: skip
