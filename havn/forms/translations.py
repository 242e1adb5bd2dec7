"""The table of translations as a file, XLSX or CSV, and read back.

Every row has its place and a digest of what stood there in a column that is not to be changed: by them a row finds its
text again, and what somebody changed meanwhile is not overwritten. No cell is a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from havn.common.cells import safe_cell
from havn.common.errors import Refused
from havn.forms.rules.editing import Raw
from havn.forms.rules.limits import LONGEST_ABOUT
from havn.forms.rules.texts import FormText, digest, texts_of
from havn.forms.sheets import look
from havn.forms.sheets.opening import LONGEST, LONGEST_CELL, MOST_ROWS, pages_of
from havn.forms.sheets.values import text_of
from havn.forms.sheets.writing import put

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = "havn-texts"


@dataclass(frozen=True)
class TextRow:
    """A row of the file."""

    key: str
    where: str
    source: str
    target: str


@dataclass
class ReadTable:
    """What a file says: texts and digests by place, and sentences for rows that cannot be taken."""

    typed: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """How much of a form is there in a language that is not its own."""

    code: str
    name: str
    there: int
    all: int

    @property
    def missing(self) -> int:
        """How many texts are not."""
        return self.all - self.there


def progress_of(raw: Raw) -> list[Progress]:
    """Every language that the form is offered in beside its own, with how much is there of what it says in its own."""
    own = str(raw.get("language", "en"))
    texts = [one for one in texts_of(raw) if one.in_language(own)]
    names = dict(settings.LANGUAGES)
    others = [str(code) for code in raw.get("languages", []) if code != own]
    return [
        Progress(code, names.get(code, code), sum(bool(one.in_language(code)) for one in texts), len(texts))
        for code in others
    ]


def text_words(what: str) -> str:
    """What kind of text it is."""
    words = {
        "title": _("Heading"), "label": _("Question or name"), "about": _("Introduction"), "help": _("Help"),
        "unit": _("Unit"), "low": _("Lowest step"), "high": _("Highest step"), "message": _("Message of a check"),
        "advice": _("Advice"), "choices": _("Answer"), "rows": _("Row"), "columns": _("Column"), "bands": _("Band"),
        "repeat": _("Name of one time"),
    }  # fmt: skip
    return words.get(what, what)


def rows_of(texts: Iterable[FormText], source: str, target: str) -> list[TextRow]:
    """Every text as a row."""
    found = []
    for one in texts:
        where = " › ".join([*one.where, text_words(one.what)])
        key = f"{one.place}#{digest(one.in_language(target))}"
        found.append(TextRow(key, where, one.in_language(source), one.in_language(target)))
    return found


def as_xlsx(rows: Sequence[TextRow], source: str, target: str) -> bytes:
    """A workbook of one sheet, in which only the texts to write are unlocked."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = look.sheet_name(_("Translations"), set())
    for column, head in enumerate(_heads(source, target), start=1):
        look.heading(sheet.cell(1, column), head)
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate((row.key, row.where, row.source), start=1):
            look.words(sheet.cell(number, column), text)
            put(sheet.cell(number, column), text)
        cell = sheet.cell(number, 4)
        look.answer(cell, long=True)
        put(cell, row.target)
    sheet.freeze_panes = "A2"
    look.finish(sheet, {2: 34, 3: 60, 4: 60}, rows_may_move=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(rows: Sequence[TextRow], source: str, target: str) -> bytes:
    """RFC 4180 with the mark by which spreadsheets know UTF-8."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(_heads(source, target))
    for row in rows:
        lines.writerow([_safe(cell) for cell in (row.key, row.where, row.source, row.target)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def read_table(data: bytes, texts: Sequence[FormText], source: str, target: str) -> ReadTable:
    """What a file says about these texts.

    Raises Refused for what is no such table, or one of other languages. A row whose place is gone, or whose text to
    translate is another now, is a fault; so is a formula.
    """
    rows = _from_workbook(data) if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0" else _from_csv(data)
    if not rows or len(rows[0][1]) < 4 or rows[0][1][0] != _heads(source, target)[0]:
        raise Refused(_("This is not the table of translations for these two languages. Take a new one."))
    known = {one.place: one for one in texts}
    found = ReadTable()
    for number, cells in rows[1:]:
        sentence = _taken(cells, known, source, found)
        if sentence:
            found.faults.append(_("Row %(row)d: %(sentence)s") % {"row": number, "sentence": sentence})
    return found


def _heads(source: str, target: str) -> tuple[str, str, str, str]:
    return (f"{_MARK}:{source}:{target}", _("Where"), source, target)


def _taken(cells: list[str], known: dict[str, FormText], source: str, found: ReadTable) -> str:
    """Take a row in; the sentence for what is wrong with it, "" for nothing."""
    key, _where, before, text = (cells + [""] * 4)[:4]
    if not any(cells):
        return ""
    if text == _FORMULA or before == _FORMULA or key == _FORMULA:
        return _("There is a formula. Put its text in its place.")
    place, _mark, seen = key.rpartition("#")
    if place not in known:
        return _("This text is not in the form any more, or the first column was changed.")
    if place in found.typed:
        return _("This text is there twice.")
    if known[place].in_language(source).strip() != before.strip():
        return _("The text to translate is another one now. Take a new table.")
    if len(text) > LONGEST_ABOUT:
        return _("This text is too long.")
    found.typed[place], found.seen[place] = text, seen
    return ""


_FORMULA = "\0formula"


def _from_workbook(data: bytes) -> list[tuple[int, list[str]]]:
    page = pages_of(data)[0]
    rows = []
    for number, cells in page.rows:
        line = ["", "", "", ""]
        for column, cell in cells.items():
            if 1 <= column <= 4:
                line[column - 1] = _FORMULA if cell.is_formula else text_of(cell.value)
        rows.append((number, line))
    return rows


def _from_csv(data: bytes) -> list[tuple[int, list[str]]]:
    if len(data) > LONGEST:
        raise Refused(_("The file is larger than 5 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("Save the file as CSV in UTF-8, or as .xlsx.")) from error
    if "\0" in text:
        raise Refused(_("This is neither CSV nor XLSX."))
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1):
            if number > MOST_ROWS:
                raise Refused(_("The file has more than 20,000 rows."))
            rows.append((number, [_bare(cell[:LONGEST_CELL]) for cell in cells[:4]]))
    except csv.Error as error:
        raise Refused(_("This is neither CSV nor XLSX.")) from error
    return rows


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, with its lines kept; `_bare` takes it back."""
    first = text.split("\n", 1)[0]
    is_risky = safe_cell(first) != first.replace("\r", " ") or text.startswith(("'", "\n"))
    return f"'{text}" if is_risky else text


def _bare(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.removeprefix("'").strip()
