"""The answers of a template that comes back, found by keys, with the cell of everything that is wrong.

Decided: a formula in a cell of answers is refused with its cell, never evaluated, and its remembered value never
taken: it may be old, and it is not what somebody wrote down. A file of another form, version or assignment is refused
as a whole.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.common.errors import Refused
from havn.forms.rules.definition import Definition, Section
from havn.forms.sheets.opening import Cell, Page, pages_of
from havn.forms.sheets.slots import Kind, Slot, Words, all_slots
from havn.forms.sheets.values import Unreadable, answer_of, plain, text_of
from havn.forms.sheets.writing import FORM, SHEET

# People may put columns before the hidden one, not dozens.
_FURTHEST = 12


@dataclass(frozen=True)
class SheetFault:
    """What is wrong in one cell. `path`: the value in the answers, as in the faults of a check."""

    sheet: str
    cell: str
    path: str
    sentence: str

    @property
    def text(self) -> str:
        """The whole sentence, with where it is."""
        values = {"sheet": self.sheet, "cell": self.cell, "sentence": self.sentence}
        return _("Sheet %(sheet)s, cell %(cell)s: %(sentence)s") % values


@dataclass
class SheetAnswers:
    """What was read. `places`: path of every answered value to its sheet and cell."""

    answers: dict[str, object] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)

    def located(self, path: str, sentence: str) -> SheetFault:
        """A fault of a check as one of a cell: of the value itself, else of the first cell that belongs to it."""
        place = self.places.get(path)
        if place is None:
            inside = (where for known, where in self.places.items() if known.startswith(f"{path}."))
            place = next(inside, ("", ""))
        return SheetFault(place[0], place[1], path, sentence)


def read_template(definition: Definition, data: bytes, *, version: int, ref: str = "") -> SheetAnswers:
    """What stands in a filled template of this form.

    Raises Refused with a sentence for what is no workbook or too large (see `opening`), and for a template of another
    form, another version or another `ref`. Faults of single cells are listed; what could be read is there beside them.
    """
    pages = pages_of(data)
    language = _stamped(pages, definition, version, ref)
    found = SheetAnswers()
    sections = {section.key: section for section in definition.sections}
    with override(language if language in definition.languages else definition.language):
        words = Words(definition, language)
        seen: set[str] = set()
        for page in pages:
            marked = _marked(page)
            section = sections.get(marked[1]) if marked else None
            if marked is None or section is None:
                continue
            if section.key in seen:
                raise Refused(_("The sheet “%(sheet)s” is there twice. Delete one of the two.") % {"sheet": page.name})
            seen.add(section.key)
            _Sheet(page, marked[0], section, words, found).read()
        missing = [words.of(one.title) for one in definition.sections if _has_cells(one, words) and one.key not in seen]
    if missing:
        raise Refused(_("Sheets are missing: %(sheets)s. Take a new template.") % {"sheets": ", ".join(missing)})
    return found


def _has_cells(section: Section, words: Words) -> bool:
    return any(all_slots(question, words) for question in section.questions)


def _stamped(pages: list[Page], definition: Definition, version: int, ref: str) -> str:
    """The language of the template, when it is of this form, version and ref."""
    for page in pages:
        for (_first, cells), (_second, below) in zip(page.rows[:_FURTHEST], page.rows[1 : _FURTHEST + 1], strict=False):
            column = next((at for at, cell in cells.items() if cell.value == FORM), None)
            if column is not None and column in below:
                parts = text_of(below[column].value).split("\n")
                return _checked(parts, definition, version, ref)
    raise Refused(_("This is not a template of this form. Take the template here and fill that in."))


def _checked(parts: list[str], definition: Definition, version: int, ref: str) -> str:
    if len(parts) != 4 or parts[0] != definition.key:
        raise Refused(_("This is the template of another form. Take the template here and fill that in."))
    if parts[1] != str(version):
        raise Refused(_("This template is of another version of the form. Take a new one and copy your answers over."))
    if parts[2] != ref:
        raise Refused(_("This template was made for another period or another centre. Take the one here."))
    return parts[3]


def _marked(page: Page) -> tuple[int, str] | None:
    """The column of the keys and the section of a sheet; None for a sheet that is not ours."""
    for _number, cells in page.rows:
        for column, cell in cells.items():
            if cell.value == SHEET and column <= _FURTHEST:
                beside = cells.get(column + 1)
                return (column, text_of(beside.value)) if beside else None
    return None


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, page: Page, keys: int, section: Section, words: Words, found: SheetAnswers) -> None:
        self.page, self.keys, self.section, self.words, self.found = page, keys, section, words, found
        self.slots = {slot.key: slot for one in section.questions for slot in all_slots(one, words)}
        self.labels = {key: _labels(slot, _choices(section, key)) for key, slot in self.slots.items()}
        self.heads: dict[str, dict[int, str]] = {}
        for _number, cells in page.rows:
            key = self.key_of(cells)
            if key.startswith("#"):
                named = {at: text_of(cell.value) for at, cell in cells.items() if at != keys}
                self.heads.setdefault(key[1:], named)

    def key_of(self, cells: dict[int, Cell]) -> str:
        cell = cells.get(self.keys)
        return "" if cell is None else text_of(cell.value)

    def read(self) -> None:
        if self.section.repeat:
            self.lines()
            return
        seen: set[str] = set()
        for _number, cells in self.page.rows:
            key = self.key_of(cells)
            for slot, cell in self.cells_of(key, cells):
                if slot.key in seen:
                    self.wrong(cell, ".".join(slot.path), _("The same question is answered twice in this sheet."))
                    continue
                seen.add(slot.key)
                self.take(slot, cell, self.found.answers, "")

    def cells_of(self, key: str, cells: dict[int, Cell]) -> list[tuple[Slot, Cell]]:
        """The cells of answers in a row: one, or those of a row of a matrix."""
        if slot := self.slots.get(key):
            answers = [at for at, name in self.heads.get("", {}).items() if name == "answer"]
            return [(slot, cells[at]) for at in answers[:1] if at in cells]
        heads = self.heads.get(key.partition("/")[0], {})
        pairs = [(self.slots.get(f"{key}/{code}"), at) for at, code in heads.items()]
        return [(slot, cells[at]) for slot, at in pairs if slot and at in cells]

    def lines(self) -> None:
        """Every line of a list that holds something, in the order of the sheet."""
        columns = {at: self.slots[key] for at, key in self.heads.get(self.section.key, {}).items() if key in self.slots}
        rows: list[dict[str, object]] = []
        for _number, cells in self.page.rows:
            if self.key_of(cells).startswith((".", "#", SHEET)):
                continue
            filled = [(slot, cells[at]) for at, slot in columns.items() if at in cells]
            row: dict[str, object] = {}
            taken = [self.take(slot, cell, row, f"{self.section.key}.{len(rows)}.") for slot, cell in filled]
            if any(taken):
                rows.append(row)
        if rows:
            self.found.answers[self.section.key] = rows

    def take(self, slot: Slot, cell: Cell, answers: dict[str, object], before: str) -> bool:
        """Put a cell into the answers. Whether there was anything in it, right or wrong."""
        path = before + ".".join(slot.path)
        if cell.is_formula:
            self.wrong(cell, path, _("There is a formula. Put its value in its place."))
            return True
        try:
            value = answer_of(cell.value, slot, self.labels[slot.key], self.words.language)
        except Unreadable as wrong:
            self.wrong(cell, path, wrong.sentence)
            return True
        if value is None:
            return False
        self.found.places[path] = (self.page.name, cell.place)
        _put(answers, slot, value)
        return True

    def wrong(self, cell: Cell, path: str, sentence: str) -> None:
        self.found.faults.append(SheetFault(self.page.name, cell.place, path, sentence))


def _choices(section: Section, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every choice that a cell of this key may hold: its code and its labels in all languages."""
    question = next(one for one in section.questions if key.partition("/")[0].partition(".")[0] == one.key)
    return tuple((one.code, tuple(one.label.values())) for one in (*question.choices, *question.columns))


def _labels(slot: Slot, known: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """Every way to write a choice, to its code: what the template offers first, then codes, then other languages."""
    codes = {code for code, _label in slot.choices}
    found: dict[str, str] = {}
    for code, label in slot.choices:
        found.setdefault(plain(label), code)
    for code in codes:
        found.setdefault(plain(code), code)
    doubtful: set[str] = set()
    others: dict[str, str] = {}
    for code, labels in known:
        for label in {plain(one) for one in labels} if code in codes else set[str]():
            if others.setdefault(label, code) != code:
                doubtful.add(label)
    for label, code in others.items():
        if label not in doubtful:
            found.setdefault(label, code)
    if slot.kind is Kind.YES_NO:
        found |= {"yes": "yes", "ja": "yes", "true": "yes", "no": "no", "nei": "no", "nej": "no", "false": "no"}
    return found


def _put(answers: dict[str, object], slot: Slot, value: object) -> None:
    if slot.kind is Kind.TICK:
        chosen = answers.setdefault(slot.path[0], [])
        assert isinstance(chosen, list)
        chosen.append(slot.path[1])
        return
    inside = answers
    for part in slot.path[:-1]:
        further = inside.setdefault(part, {})
        assert isinstance(further, dict)
        inside = further
    inside[slot.path[-1]] = value
