"""Reads a factsheet in Markdown, also a rough conversion: notes adrift, headings of changing levels, torn boxes.

Every line ends in the document, among the page furniture, or among what was not understood; nothing is dropped.
`rules.factsheet.writing` writes a document so that this module reads the same one again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from havn.recommendations.rules.factsheet import lines as look
from havn.recommendations.rules.factsheet.document import Decision, Line, Note, Reading
from havn.recommendations.rules.factsheet.inline import calls
from havn.recommendations.rules.factsheet.placing import Draft, Passage, place, place_as
from havn.recommendations.rules.factsheet.shaping import document_of
from havn.recommendations.rules.factsheet.verbs import USUAL, RoundWords

LONGEST = 400_000
MOST_LINES = 20_000
LONGEST_LINE = 10_000


@dataclass
class _Notes:
    """Notes as they are met; the last one may go on in the next line."""

    found: dict[int, Note] = field(default_factory=dict)
    last: int | None = None

    def add(self, number: int, text: str, line: int) -> bool:
        if number in self.found:
            return False
        self.found[number] = Note(number, text, line)
        self.last = number
        return True

    def takes(self, text: str) -> bool:
        """Whether the last note ends with a colon, and this is the address that it announces."""
        return (
            self.last is not None and self.found[self.last].text.endswith(":") and bool(look.ONLY_ADDRESS.match(text))
        )

    def go_on(self, text: str) -> None:
        assert self.last is not None
        note = self.found[self.last]
        self.found[self.last] = Note(note.number, f"{note.text} {text}", note.line)


def read(text: str, corrections: Mapping[int, str] | None = None, words: RoundWords = USUAL) -> Reading:
    """The document of a file. `corrections`: what a person said of a line by its number (`placing.CORRECTIONS`)."""
    draft, notes = Draft(), _Notes()
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.strip():
            _take(draft, notes, Line(number, raw.rstrip()), (corrections or {}).get(number, ""))
    document, torn = document_of(draft, list(notes.found.values()), words)
    decisions = sorted([*draft.decisions, *torn, *_adrift(draft, notes)], key=lambda one: one.line)
    return Reading(document, tuple(draft.furniture), tuple(draft.not_understood), tuple(decisions))


def _take(draft: Draft, notes: _Notes, line: Line, correction: str) -> None:
    quoted = line.text.startswith(">")
    text = line.text.removeprefix(">").removeprefix(" ") if quoted else line.text
    if not text.strip():
        return
    if correction:
        place_as(draft, Passage(line.number, text, quoted=quoted), correction)
        return
    note = look.NOTE.match(text)
    if note:
        if not notes.add(int(note[1]), note[2], line.number):
            draft.not_understood.append(line)
        return
    if notes.takes(text):
        notes.go_on(text)
        return
    notes.last = None
    place(draft, Passage(line.number, text, quoted=quoted))


def _adrift(draft: Draft, notes: _Notes) -> list[Decision]:
    called = set(draft.calls())
    called.update(call for note in notes.found.values() for call in calls(note.text))
    loose = [
        Decision(note.line, "note-not-called", note.text) for note in notes.found.values() if note.number not in called
    ]
    missing = [
        Decision(passage.line, "note-missing", str(call))
        for passage in draft.passages
        for call in calls(passage.text)
        if call not in notes.found
    ]
    return [*loose, *missing]
