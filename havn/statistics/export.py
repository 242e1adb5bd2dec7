"""Tables as files: CSV for machines and spreadsheets, XLSX. No cell of any of them is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from havn.common.cells import safe_cell

Value = str | int | float | None
_PIECE = 64 * 1024
# What a name of a sheet may not hold, and how long it may be (ECMA-376).
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_NAME_LONGEST = 31


class Form(StrEnum):
    """How a file is written.

    csv          RFC 4180: commas, UTF-8 without a mark, decimal points
    spreadsheet  for opening by a double click: with the mark (BOM) by which spreadsheets know UTF-8, and a semicolon
                 between cells where the reader's language writes decimals with a comma
    xlsx         a sheet for each table
    """

    CSV = "csv"
    SPREADSHEET = "spreadsheet"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Sheet:
    """A table of a file: its title, the sentences above it, the heads of its columns and its rows."""

    title: str
    above: list[str]
    heads: list[str]
    rows: list[list[Value]]


def csv_lines(sheets: Iterable[Sheet], *, form: Form, decimal: str) -> Iterator[bytes]:
    """The sheets one below the other, an empty line between them. `decimal` is the mark of the reader's language."""
    comma = form is Form.SPREADSHEET and decimal == ","
    if form is Form.SPREADSHEET:
        yield "\ufeff".encode()
    for place, sheet in enumerate(sheets):
        written = io.StringIO()
        lines = csv.writer(written, delimiter=";" if comma else ",")
        if place:
            written.write("\r\n")
        for line in [[sheet.title], *([sentence] for sentence in sheet.above), sheet.heads]:
            lines.writerow([safe_cell(cell) for cell in line])
        for row in sheet.rows:
            lines.writerow([_text(value, comma=comma) for value in row])
        yield written.getvalue().encode()


def xlsx_pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The sheets as a workbook, in pieces. Rows are written as they come and never held as a whole."""
    book = Workbook(write_only=True)
    bold, names = Font(bold=True), set[str]()
    for sheet in sheets:
        page = book.create_sheet(_name(sheet.title, names))
        page.column_dimensions["A"].width = 44
        for line in [[sheet.title], *([sentence] for sentence in sheet.above), sheet.heads]:
            cells = [WriteOnlyCell(page, value=safe_cell(text)) for text in line]
            for cell in cells:
                cell.font = bold
            page.append(cells)
        for row in sheet.rows:
            page.append([safe_cell(value) if isinstance(value, str) else value for value in row])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _text(value: Value, *, comma: bool) -> str:
    match value:
        case None:
            return ""
        case str():
            return safe_cell(value)
        case float() if comma:
            return str(value).replace(".", ",")
        case _:
            return str(value)


def _name(title: str, taken: set[str]) -> str:
    plain = " ".join(title.translate(_NOT_IN_NAMES).split())[:_NAME_LONGEST] or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        name = f"{plain[: _NAME_LONGEST - 4]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
