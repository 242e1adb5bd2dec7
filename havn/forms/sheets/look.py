"""How the cells of a template look: few fonts, one colour for what is to be filled in."""

from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from havn.forms.sheets.values import written_text

_WRAP = Alignment(wrap_text=True, vertical="top")
_TITLE, _HEAD, _SOFT = Font(bold=True, size=14), Font(bold=True), Font(italic=True, color="FF44546A")
_LINE = Side(style="thin", color="FF8A8A8A")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FILL = PatternFill("solid", fgColor="FFFFF8DC")
_OPEN = Protection(locked=False)
# What a name of a sheet may not hold, and how long it may be (ECMA-376).
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NAME_LONGEST = 31


def title(cell: Cell, text: str) -> None:
    """The heading of a sheet."""
    _say(cell, text, _TITLE)


def heading(cell: Cell, text: str) -> None:
    """The words above or beside cells."""
    _say(cell, text, _HEAD)


def words(cell: Cell, text: str) -> None:
    """Plain words that wrap."""
    _say(cell, text, None)


def soft(cell: Cell, text: str) -> None:
    """What helps, and may be overlooked."""
    _say(cell, text, _SOFT)


def answer(cell: Cell, *, long: bool) -> None:
    """A cell to fill in."""
    cell.fill, cell.border, cell.protection = _FILL, _BOX, _OPEN
    if long:
        cell.alignment, cell.number_format = _WRAP, "@"


def height(text: str, wide: int) -> float:
    """How high a row must be for a text of so many letters to the line."""
    return 15.0 * min(sum(max(1, ceil(len(line) / wide)) for line in text.split("\n")), 25)


def finish(sheet: Worksheet, widths: dict[int, int], *, rows_may_move: bool = False) -> None:
    """Hide the keys, set the widths, and lock what is not to be filled in."""
    sheet.column_dimensions["A"].hidden = True
    for column, wide in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = wide
    sheet.protection.sheet = True
    # False allows: people may make room, and in a list of lines add some.
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    if rows_may_move:
        sheet.protection.insertRows = sheet.protection.sort = False
    sheet.sheet_view.showGridLines = False


def sheet_name(text: str, taken: set[str]) -> str:
    """A name that a sheet may have and none has yet; added to `taken`."""
    plain = " ".join(written_text(text).translate(_NOT_IN_NAMES).split())[:_NAME_LONGEST].strip() or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        name = f"{plain[: _NAME_LONGEST - 4]} {number}"
        number += 1
    taken.add(name.casefold())
    return name


def _say(cell: Cell, text: str, font: Font | None) -> None:
    if not text:
        return
    cell.value = written_text(text)
    cell.data_type = "s"
    cell.alignment = _WRAP
    if font is not None:
        cell.font = font
