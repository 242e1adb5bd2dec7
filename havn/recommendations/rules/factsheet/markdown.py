"""Reads a factsheet in Markdown, also a rough conversion: notes adrift, headings of changing levels, torn boxes.

Every line ends in the document, among the page furniture, or among what was not understood; nothing is dropped.
`rules.factsheet.writing` writes a document so that this module reads the same one again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from havn.recommendations.rules.factsheet import lines as look
from havn.recommendations.rules.factsheet.document import Decision, Document, Line, Note, Reading, every_block
from havn.recommendations.rules.factsheet.inline import calls
from havn.recommendations.rules.factsheet.placing import CHAPTER, JOIN, NOTE, Draft, Passage, note_said, place, place_as
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
    joined: list[int] = field(default_factory=list)

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

    def go_on(self, text: str, line: int) -> None:
        assert self.last is not None
        self.joined.append(line)
        note = self.found[self.last]
        self.found[self.last] = Note(note.number, f"{note.text} {text}", note.line)


def read(text: str, corrections: Mapping[int, str] | None = None, words: RoundWords = USUAL) -> Reading:
    """The document of a file. `corrections`: what a person said of a line by its number (`placing.CORRECTIONS`)."""
    draft, notes = Draft(), _Notes()
    lines = [Line(number, raw.rstrip()) for number, raw in enumerate(text.splitlines(), start=1) if _words(raw).strip()]
    for line in lines:
        _take(draft, notes, line, (corrections or {}).get(line.number, ""))
    document, torn = document_of(draft, list(notes.found.values()), words)
    decisions = sorted([*draft.decisions, *torn, *_adrift(draft, notes)], key=lambda one: one.line)
    placed = {**_placed(document), **dict.fromkeys([*draft.joined, *notes.joined], JOIN)}
    told = {line.number for line in (*draft.furniture, *draft.not_understood)}
    # What the reading lost by a fault of its own is told too: nothing is dropped in silence.
    lost = [line for line in lines if line.number not in placed and line.number not in told]
    missed = sorted([*draft.not_understood, *lost], key=lambda one: one.number)
    return Reading(document, tuple(draft.furniture), tuple(missed), tuple(decisions), placed, tuple(lines))


def _words(raw: str) -> str:
    """A line without the mark of a quotation."""
    return raw.removeprefix(">").removeprefix(" ") if raw.startswith(">") else raw


def _placed(document: Document) -> dict[int, str]:
    chapters = {chapter.line: CHAPTER for chapter in document.chapters}
    notes = {note.line: NOTE for note in document.notes}
    return {block.line: block.kind for block in every_block(document)} | chapters | notes


def _take(draft: Draft, notes: _Notes, line: Line, correction: str) -> None:
    text = _words(line.text)
    if correction == NOTE:
        _take_note(draft, notes, line, text)
        return
    if correction:
        notes.last = None
        place_as(draft, Passage(line.number, text, quoted=line.text.startswith(">")), correction)
        return
    note = look.NOTE.match(text)
    if note:
        if not notes.add(int(note[1]), note[2], line.number):
            draft.not_understood.append(line)
        return
    if notes.takes(text):
        notes.go_on(text, line.number)
        return
    notes.last = None
    place(draft, Passage(line.number, text, quoted=line.text.startswith(">")))


def _take_note(draft: Draft, notes: _Notes, line: Line, text: str) -> None:
    """A line that a person calls a note, or the rest of the last one that was met."""
    said = note_said(text)
    last = max(notes.found.values(), key=lambda note: note.line, default=None)
    if said is None and last is not None:
        notes.last = last.number
        notes.go_on(text.strip(), line.number)
    elif said is None or not notes.add(said[0], said[1], line.number):
        draft.not_understood.append(line)


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
