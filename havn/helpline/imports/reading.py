"""A table that somebody sends, CSV or XLSX, as rows of text. Nothing of it touches the disk."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from havn.common.errors import Refused

LONGEST = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
# Characters of all cells together: each row is text in memory at once.
MOST_TEXT = 16 * 1024 * 1024
# A workbook is a zip: what it unpacks to is looked at before it is unpacked.
UNPACKED = 120 * 1024 * 1024


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a file in their places: blank ones are empty, and the first that is not holds the heads.

    Raises Refused with a sentence for what is no table or too large. No row is left away: the place of each is its
    number in the file. A column without a head is called by its number.
    """
    if len(data) > LONGEST:
        raise Refused(_("The file is larger than 8 MB. Split it into several."))
    rows = _workbook(data) if data[:2] == b"PK" else _csv(data)
    while rows and not rows[-1]:
        rows.pop()
    first = next((at for at, row in enumerate(rows) if row), len(rows))
    heads = rows[first] if rows else []
    columns = max((at + 1 for at, head in enumerate(heads) if head.strip()), default=0)
    rows = [row[:columns] if any(row[:columns]) else [] for row in rows]
    if not any(rows[first + 1 :]):
        raise Refused(_("There are no rows in the file. The first row must name the columns."))
    rows[first] = [head if head.strip() else f"{at + 1}" for at, head in enumerate(rows[first])]
    return rows


def _kept(raw: Iterable[Sequence[str]]) -> list[list[str]]:
    """Every row, cells cut; refused as soon as there are too many or they hold too much."""
    kept: list[list[str]] = []
    size = 0
    for row in raw:
        if len(kept) > MOST_ROWS:
            raise Refused(_("The file has more than 20,000 rows. Split it into several."))
        cells = [cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
        size += sum(map(len, cells))
        if size > MOST_TEXT:
            raise Refused(_("There is too much text in the file. Split it into several."))
        kept.append(cells if any(cell.strip() for cell in cells) else [])
    return kept


def _csv(data: bytes) -> list[list[str]]:
    if b"\0" in data:
        raise Refused(_("This is neither CSV nor XLSX."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.lstrip().split("\n", 1)[0]
    mark = max(";,\t", key=head.count)
    try:
        return _kept(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Refused(_("This is neither CSV nor XLSX.")) from error


def _workbook(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > UNPACKED:
                raise Refused(_("The workbook is too large. Save the one sheet as CSV."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        return _kept([_text(value) for value in row[:MOST_COLUMNS]] for row in page.iter_rows(values_only=True))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise Refused(_("This is neither CSV nor XLSX.")) from error


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            whole = value.time() == dt.time()
            return value.date().isoformat() if whole else value.strftime("%Y-%m-%d %H:%M")
        case dt.time():
            return value.strftime("%H:%M")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
