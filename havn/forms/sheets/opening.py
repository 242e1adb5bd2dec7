"""A workbook that somebody sends, opened with care: what could run, call out or unpack without end is refused.

Nothing of it touches the disk. A workbook is a zip of XML: what it unpacks to is looked at before it is unpacked, its
parts are looked through for what has no place in a table, and its rows are read one by one, never as a whole.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from havn.common.errors import Refused

LONGEST = 5 * 1024 * 1024
UNPACKED = 40 * 1024 * 1024
LARGEST_PART = 2 * 1024 * 1024
"""Bytes of a part that holds neither cells nor pictures: styles and names are kept in memory many times larger."""
MOST_PARTS = 600
MOST_ROWS = 20_000
MOST_COLUMNS = 600
MOST_CELLS = 400_000
MOST_TEXT = 8 * 1024 * 1024
"""Characters of all cells together."""
LONGEST_CELL = 32_767
"""What a cell can hold (ECMA-376)."""

_LARGE = ("xl/worksheets/", "xl/sharedstrings", "xl/media/")
_OLD = b"\xd0\xcf\x11\xe0"
# Programs, other files, and things of other programs: a table of answers needs none of them.
_PROGRAMS = ("vbaproject", "macrosheets", "activex", "xl/ctrlprops", "customui")
_ELSEWHERE = ("externallinks", "embeddings", "xl/connections", "xl/querytables", "xl/webextensions")
# A document type can make a small file expand without end, or read other files. Written in one or two bytes a letter.
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY|<\x00!\x00[DE]\x00|\x00<\x00!\x00[DE]", re.I)


@dataclass(frozen=True)
class Cell:
    """One cell with something in it: `place` as spreadsheets name it ("D7"), and whether it holds a formula."""

    place: str
    column: int
    value: object
    is_formula: bool


Row = tuple[int, dict[int, Cell]]


@dataclass(frozen=True)
class Page:
    """One sheet: its name and its rows that hold something, by the number of the row and of the column (from 1)."""

    name: str
    rows: list[Row]


def pages_of(data: bytes) -> list[Page]:
    """Every sheet of a workbook, hidden ones too.

    Raises Refused with a sentence for what is no workbook, too large, locked by a password, or holds programs, links to
    other files or objects of other programs.
    """
    _look_at(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        room = _Room()
        return [Page(page.title, list(_rows(page, room))) for page in book.worksheets]
    except (
        zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError,
        AttributeError, OSError, EOFError, OverflowError, NotImplementedError, zipfile.LargeZipFile, SyntaxError,
    ) as error:  # fmt: skip
        raise Refused(_not_a_workbook()) from error


class _Room:
    """What may still be read."""

    def __init__(self) -> None:
        self.rows, self.cells, self.text = MOST_ROWS, MOST_CELLS, MOST_TEXT

    def take(self, cells: dict[int, Cell]) -> None:
        self.cells -= len(cells)
        self.text -= sum(len(cell.value) for cell in cells.values() if isinstance(cell.value, str))
        if self.cells < 0 or self.text < 0:
            raise Refused(_("There is too much in this workbook. Take the template and fill that in."))


def _rows(page: Any, room: _Room) -> Iterator[Row]:
    for number, row in enumerate(page.iter_rows(max_col=MOST_COLUMNS), start=1):
        room.rows -= 1
        if room.rows < 0:
            raise Refused(_("The workbook has more than 20,000 rows. Take the template and fill that in."))
        cells = {
            cell.column: Cell(cell.coordinate, cell.column, _cut(cell.value), cell.data_type == "f")
            for cell in row
            if getattr(cell, "value", None) is not None
        }
        if cells:
            room.take(cells)
            yield number, cells


def _cut(value: object) -> object:
    return value[:LONGEST_CELL] if isinstance(value, str) else value


def _look_at(data: bytes) -> None:
    if len(data) > LONGEST:
        raise Refused(_("The file is larger than 5 MB."))
    if data[:4] == _OLD:
        raise Refused(_("This workbook is locked by a password, or of the old kind (.xls). Save it as .xlsx."))
    if data[:2] != b"PK":
        raise Refused(_not_a_workbook())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _look_inside(packed)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused(_not_a_workbook()) from error
    except Exception as error:
        # What broken packing raises (zlib, lzma) has no class of its own in common.
        if isinstance(error, Refused):
            raise
        raise Refused(_not_a_workbook()) from error


def _look_inside(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Refused(_("There is too much in this workbook. Take the template and fill that in."))
    if any(part.file_size > LARGEST_PART and not part.filename.lower().startswith(_LARGE) for part in parts):
        raise Refused(_("There is too much in this workbook. Take the template and fill that in."))
    names = [part.filename.lower() for part in parts]
    if any(word in name for name in names for word in _PROGRAMS):
        raise Refused(_("There are macros in this workbook. Save it as .xlsx without them."))
    if any(word in name for name in names for word in _ELSEWHERE):
        raise Refused(_("This workbook refers to other files or holds other documents. Take those out first."))
    # Any part may be called a sheet or a list of styles by the list of types, whatever its name ends in.
    if any(_DOCTYPE.search(packed.read(part)) for part in parts):
        raise Refused(_not_a_workbook())


def _not_a_workbook() -> str:
    return _("This is no workbook that can be read. Save it as .xlsx.")
