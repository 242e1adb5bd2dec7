"""A form as a workbook: a cover, a sheet for each section, and only the cells of answers unlocked.

In every sheet, column A is hidden and holds the key of the row; lines that begin with "#" say which column holds what.
Reading goes by these keys, so that rows may be sorted and inserted. The protection has no password: it is there
against slips of the hand, and the reading trusts nothing.
"""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from havn.forms.rules.definition import Definition, Question, Section, Type
from havn.forms.sheets import look
from havn.forms.sheets.limiting import Limits, hint_of
from havn.forms.sheets.slots import Grid, Kind, Slot, Words, all_slots, grid_of, slots_of
from havn.forms.sheets.values import MARK, written_text
from havn.forms.words import in_words

FORM, SHEET = "havn-form", "havn-sheet"
KEY, LABEL, HINT, ANSWER = 1, 2, 3, 4


@dataclass(frozen=True)
class Cover:
    """What the first sheet says. `ref`: what the caller wants to know again when the file comes back, on one line."""

    version: int
    ref: str = ""
    centre: str = ""
    period: str = ""
    closes: str = ""


def template(definition: Definition, answers: Mapping[str, object], *, language: str, cover: Cover) -> bytes:
    """The workbook (.xlsx), in this language, with what is answered already in its cells.

    `definition` has its lists filled in. Raises ValueError for a `ref` of several lines.
    """
    if "\n" in cover.ref or "\r" in cover.ref:
        raise ValueError("A reference stands on one line.")
    with override(language):
        book = Workbook()
        words = Words(definition, language)
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        _cover(sheet, words, cover)
        limits, names = Limits(book), {sheet.title.casefold()}
        for section in definition.sections:
            page = book.create_sheet(look.sheet_name(words.of(section.title) or section.key, names))
            _Page(page, words, section, limits).write(answers)
        limits.close()
        file = io.BytesIO()
        book.save(file)
    return file.getvalue()


def put(cell: Cell, value: object) -> None:
    """A value into a cell; a text is a text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = written_text(value)
        if cell.value is not None:
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = True  # stays a text when somebody edits it
        return
    cell.value = value


def _cover(sheet: Worksheet, words: Words, cover: Cover) -> None:
    definition = words.definition
    sheet.title = look.sheet_name(_("Start here"), set())
    stamp = f"{definition.key}\n{cover.version}\n{cover.ref}\n{words.language}"
    put(sheet.cell(1, KEY), FORM)
    put(sheet.cell(2, KEY), stamp)
    lines = [
        (_("Form"), words.of(definition.title)), (_("Version"), str(cover.version)), (_("Centre"), cover.centre),
        (_("Period"), cover.period), (_("To be handed in by"), cover.closes),
    ]  # fmt: skip
    row = 1
    for label, text in lines:
        if text:
            look.heading(sheet.cell(row, 2), label)
            look.words(sheet.cell(row, 3), text)
            row += 1
    said = [
        words.of(definition.about),
        _("Fill in the yellow cells of the sheets that follow. The other cells are locked, so that nothing slips."),
        _("Do not write formulas: copy your numbers in as values."),
        _("Rows may be sorted, and columns made wider. Keep the file in the .xlsx format."),
        _("When you are done, hand the file in where you took it from. What is wrong is shown cell by cell."),
    ]
    for text in filter(None, said):
        row += 1
        look.words(sheet.cell(row, 2), text)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        sheet.row_dimensions[row].height = look.height(text, 110)
    look.finish(sheet, {2: 26, 3: 84})


class _Page:
    """One sheet while it is written."""

    def __init__(self, sheet: Worksheet, words: Words, section: Section, limits: Limits) -> None:
        self.sheet, self.words, self.section, self.limits, self.row = sheet, words, section, limits, 0

    def write(self, answers: Mapping[str, object]) -> None:
        words, section = self.words, self.section
        self.hidden([SHEET, section.key])
        look.title(self.line("."), words.of(section.title))
        for text in (words.of(section.about), self.only_if(section)):
            if text:
                self.note(text)
        if section.repeat:
            rows = answers.get(section.key)
            self.repeated([row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else [])
            return
        self.hidden(["#", "", "", "answer"])
        for question in section.questions:
            self.question(question, answers)
        look.finish(self.sheet, {LABEL: 54, HINT: 40, ANSWER: 24})

    def line(self, key: str) -> Cell:
        """A new row with this key; its cell for words."""
        self.row += 1
        put(self.sheet.cell(self.row, KEY), key)
        return self.sheet.cell(self.row, LABEL)

    def hidden(self, values: list[str]) -> None:
        """A row for the reading alone."""
        self.row += 1
        for column, value in enumerate(values, start=1):
            if value:
                put(self.sheet.cell(self.row, column), value)
        self.sheet.row_dimensions[self.row].hidden = True

    def note(self, text: str) -> None:
        cell = self.line(".")
        look.words(cell, text)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=LABEL, end_column=ANSWER)
        self.sheet.row_dimensions[self.row].height = look.height(text, 110)

    def only_if(self, asked: Section | Question) -> str:
        if asked.show_if is None:
            return ""
        condition = in_words(asked.show_if, self.words.definition, self.words.language)
        return _("Only if: %(condition)s") % {"condition": condition}

    def question(self, question: Question, answers: Mapping[str, object]) -> None:
        words, grid = self.words, grid_of(question, self.words)
        slots = slots_of(question, words)
        head = question.type in (Type.MANY, Type.MATRIX, Type.NOTE, Type.FILE)
        said = [words.of(question.help), self.only_if(question)]
        if head:
            look.heading(self.line("."), words.of(question.label))
        if question.type is Type.FILE:
            look.soft(self.sheet.cell(self.row, ANSWER), _on_the_screen(answers, question))
        for text in filter(None, said):
            self.note(text)
        if grid:
            self.grid(question, grid, answers)
        for slot in slots:
            self.slot(slot, question, answers)

    def slot(self, slot: Slot, question: Question, answers: Mapping[str, object]) -> None:
        look.words(self.line(slot.key), slot.label)
        look.soft(self.sheet.cell(self.row, HINT), hint_of(slot, self.words.of(question.unit), question))
        self.answer(ANSWER, slot, value_at(answers, slot))

    def grid(self, question: Question, grid: Grid, answers: Mapping[str, object]) -> None:
        self.hidden([f"#{question.key}", "", "", *(code for code, _name in grid.columns)])
        first = next(iter(grid.rows[0][1]), None) if grid.rows else None
        look.soft(self.line("."), hint_of(first, self.words.of(question.unit), question) if first else "")
        for column, (_code, name) in enumerate(grid.columns, start=ANSWER):
            look.heading(self.sheet.cell(self.row, column), name)
        for name, slots in grid.rows:
            code = slots[0].path[1] if slots else ""
            look.words(self.line(f"{question.key}/{code}"), name)
            for column, slot in enumerate(slots, start=ANSWER):
                self.answer(column, slot, value_at(answers, slot))

    def answer(self, column: int, slot: Slot, value: object) -> None:
        cell = self.sheet.cell(self.row, column)
        look.answer(cell, long=slot.kind is Kind.TEXT)
        put_answer(cell, value, slot)
        self.limits.add(self.sheet, cell, slot)

    def repeated(self, rows: list[dict[str, object]]) -> None:
        repeat = self.section.repeat
        assert repeat is not None
        columns = [(question, slot) for question in self.section.questions for slot in all_slots(question, self.words)]
        self.note(
            _("One line for each. At least %(least)d, at most %(most)d. Empty lines are left out.")
            % {"least": repeat.least, "most": repeat.most}
        )
        self.hidden([f"#{self.section.key}", *(slot.key for _question, slot in columns)])
        self.line(".")
        for column, (question, slot) in enumerate(columns, start=LABEL):
            look.heading(self.sheet.cell(self.row, column), _head(question, slot, self.words))
        files = list(enumerate((q for q in self.section.questions if q.type is Type.FILE), start=LABEL + len(columns)))
        for column, question in files:
            look.heading(self.sheet.cell(self.row, column), self.words.of(question.label))
        hints = [hint_of(slot, self.words.of(question.unit), question) for question, slot in columns]
        self.line(".")
        for column, hint in enumerate([*hints, *(_on_the_screen({}, one) for _at, one in files)], start=LABEL):
            look.soft(self.sheet.cell(self.row, column), hint)
        for place in range(repeat.most):
            self.row += 1
            for column, question in files:
                look.soft(
                    self.sheet.cell(self.row, column), _name_of(rows[place], question) if place < len(rows) else ""
                )
            for column, (_question, slot) in enumerate(columns, start=LABEL):
                self.answer(column, slot, value_at(rows[place], slot) if place < len(rows) else None)
        wide = range(LABEL, LABEL + len(columns) + len(files))
        look.finish(self.sheet, dict.fromkeys(wide, 26), rows_may_move=True)


def _head(question: Question, slot: Slot, words: Words) -> str:
    label = words.of(question.label)
    return label if slot.label == label else f"{label}: {slot.label}"


def _on_the_screen(answers: Mapping[str, object], question: Question) -> str:
    """What stands in the locked cell of a file question: the document that is there, and where one is sent."""
    name = _name_of(answers, question)
    return "\n".join(filter(None, [name, _("Files are added on the screen, not in this workbook.")]))


def _name_of(answers: Mapping[str, object], question: Question) -> str:
    kept = answers.get(question.key)
    return str(kept.get("name", "")) if isinstance(kept, Mapping) else ""


def value_at(answers: Mapping[str, object], slot: Slot) -> object:
    """What is answered in this cell: for a choice of several, whether it is chosen."""
    value: object = answers.get(slot.path[0])
    if slot.kind is Kind.TICK:
        return isinstance(value, list) and slot.path[1] in value
    for part in slot.path[1:]:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def put_answer(cell: Cell, value: object, slot: Slot) -> None:
    """An answer as people read it: labels for codes, dates as dates."""
    names = dict(slot.choices)
    match slot.kind:
        case Kind.TICK:
            put(cell, MARK if value else None)
        case Kind.YES_NO if isinstance(value, bool):
            put(cell, names["yes" if value else "no"])
        case Kind.CHOICE if isinstance(value, str):
            put(cell, names.get(value, value))
        case Kind.DATE if isinstance(value, str):
            put(cell, _day(value))
            cell.number_format = "yyyy-mm-dd"
        case Kind.WHOLE | Kind.NUMBER if isinstance(value, (int, float)):
            cell.value = value
        case _ if value is not None:
            put(cell, str(value))


def _day(value: str) -> dt.date | str:
    """A date; as text where workbooks know none (their calendar begins in 1900, and that year is wrong in them)."""
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return value
    return day if day.year > 1900 else value
