"""The lines of a file in the preview: what each was read as, and what a person may say of it instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from havn.recommendations import words
from havn.recommendations.models import MonitoringRound
from havn.recommendations.rules.factsheet.document import Line, Reading
from havn.recommendations.rules.factsheet.inline import plain
from havn.recommendations.rules.factsheet.placing import CHAPTER, CORRECTIONS, FURNITURE, VERB


@dataclass(frozen=True)
class Decided:
    """A line that a person decides about: what it was read as, and what they said ("" while nothing). `is_asked`: it
    was picked just now."""

    line: Line
    read_as: str
    said: str
    is_asked: bool


def decided_lines(reading: Reading, corrected: Mapping[int, str], asked: int) -> list[Decided]:
    """What was not understood, what was corrected, and the one that was picked, in the order of the file."""
    wanted = {line.number for line in reading.not_understood} | set(corrected) | {asked}
    return [
        Decided(line, _read_as(reading, line.number), corrected.get(line.number, ""), line.number == asked)
        for line in reading.lines
        if line.number in wanted
    ]


def lines_by_chapter(reading: Reading) -> list[tuple[str, list[tuple[Line, str]]]]:
    """Every line with words and what it was read as, below the chapter in which it stands."""
    titles = {one.line: f"{one.number}. {plain(one.title)}" for one in reading.document.chapters}
    groups: list[tuple[str, list[tuple[Line, str]]]] = [(_("Before the first chapter"), [])]
    for line in reading.lines:
        if reading.placed.get(line.number) == CHAPTER:
            groups.append((titles[line.number], []))
        groups[-1][1].append((line, _read_as(reading, line.number)))
    return [group for group in groups if group[1]]


def choices(round: MonitoringRound) -> list[tuple[str, str]]:
    """What may be said of a line."""
    verbs = [
        (f"{VERB}{one['verb']}", _("From here on the Committee speaks by: %(verb)s") % {"verb": one["name"]})
        for one in round.verbs
    ]
    return [*((code, words.line_words(code)) for code in CORRECTIONS), *verbs]


def _read_as(reading: Reading, number: int) -> str:
    if number in reading.placed:
        return words.line_words(reading.placed[number])
    is_furniture = any(line.number == number for line in reading.furniture)
    return words.line_words(FURNITURE) if is_furniture else ""
