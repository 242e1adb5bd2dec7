"""Files that programs read back: no formula, letters whole, decimals as the reader writes them."""

import csv
import io

import pytest
from openpyxl import load_workbook

from havn.statistics.export import Form, Sheet, csv_lines, xlsx_pieces

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1"]
SHEET = Sheet(
    "Årsaker: [1/2]",
    ["Om søvn"],
    ["=head", "Antall", "Andel"],
    [*([text, 3, 12.5] for text in EVIL), ["…", None, None]],
)


def read(form: Form, decimal: str = ",") -> tuple[bytes, list[list[str]]]:
    data = b"".join(csv_lines([SHEET, SHEET], form=form, decimal=decimal))
    mark = ";" if form is Form.SPREADSHEET and decimal == "," else ","
    return data, list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=mark))


@pytest.mark.parametrize("form", [Form.CSV, Form.SPREADSHEET])
def test_no_cell_of_a_csv_is_a_formula(form: Form) -> None:
    _data, rows = read(form)
    assert len(rows) == 2 * (3 + len(EVIL) + 1) + 1
    for row in rows:
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_machine_gets_commas_and_no_mark_a_spreadsheet_what_its_language_writes() -> None:
    plain, rows = read(Form.CSV)
    assert not plain.startswith("\ufeff".encode())
    assert rows[3][1:] == ["3", "12.5"]
    marked, rows = read(Form.SPREADSHEET)
    assert marked.startswith("\ufeff".encode())
    assert rows[3][1:] == ["3", "12,5"]
    _data, rows = read(Form.SPREADSHEET, ".")
    assert rows[3][1:] == ["3", "12.5"]


def test_no_cell_of_a_workbook_is_a_formula_and_its_sheets_have_names_of_their_own() -> None:
    book = load_workbook(io.BytesIO(b"".join(xlsx_pieces([SHEET, SHEET]))))
    assert len({name.casefold() for name in book.sheetnames}) == 2
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert cells
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@"))]
    page = book.worksheets[0]
    assert page.title == "Årsaker 1 2"
    assert [cell.value for cell in page[4]][1:] == [3, 12.5]
