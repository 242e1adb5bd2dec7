"""Templates: what they look like, what is wrong in a filled one, and files that must not be opened."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from havn.common.errors import Refused
from havn.forms.rules.definition import Definition
from havn.forms.rules.parsing import parse
from havn.forms.sheets import opening
from havn.forms.sheets.reading import SheetAnswers, read_template
from havn.forms.sheets.slots import Kind, Slot
from havn.forms.sheets.values import Unreadable, answer_of
from havn.forms.sheets.writing import Cover, template

FORM: dict[str, Any] = {
    "key": "quarter", "language": "en", "languages": ["en", "nb"], "title": {"en": "Quarter", "nb": "Kvartal"},
    "sections": [
        {"key": "numbers", "title": {"en": "Numbers", "nb": "Tall"}, "questions": [
            {"key": "total", "type": "number", "label": {"en": "All", "nb": "Alle"}, "least": 0, "most": 900,
             "basis": True},
            {"key": "met", "type": "yes_no", "label": {"en": "Met?"}},
            {"key": "way", "type": "one", "label": {"en": "Way"}, "other": True, "choices": [
                {"code": "phone", "label": {"en": "Phone", "nb": "Telefon"}},
                {"code": "chat", "label": {"en": "Chat"}}]},
            {"key": "words", "type": "text", "label": {"en": "Words"}, "longest": 200},
            {"key": "day", "type": "date", "label": {"en": "Day"}},
            {"key": "reasons", "type": "matrix", "label": {"en": "Reasons"}, "cell": "number", "least": 0,
             "rows": [{"code": "bullying", "label": {"en": "Bullying"}}, {"code": "other", "label": {"en": "Other"}}],
             "columns": [{"code": "girls", "label": {"en": "Girls"}}, {"code": "boys", "label": {"en": "Boys"}}]},
        ]},
        {"key": "visits", "title": {"en": "Visits"}, "repeat": {"least": 0, "most": 4}, "questions": [
            {"key": "school", "type": "text", "label": {"en": "School"}},
            {"key": "pupils", "type": "number", "label": {"en": "Pupils"}}]},
    ],
    "computed": [], "checks": [],
}  # fmt: skip
COVER = Cover(version=2, ref="assignment:7", centre="Trygg på nett", period="2026 Q3")


@pytest.fixture(scope="module")
def definition() -> Definition:
    return parse(FORM)


@pytest.fixture(scope="module")
def empty(definition: Definition) -> bytes:
    return template(definition, {}, language="en", cover=COVER)


def find(sheet: Worksheet, key: str, column: int = 4) -> Any:
    """The cell of answers in the row of a key."""
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == key)
    return sheet.cell(row, column)


def filled(file: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook as somebody saves it."""
    book = load_workbook(io.BytesIO(file))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def read(definition: Definition, file: bytes) -> SheetAnswers:
    return read_template(definition, file, version=2, ref="assignment:7")


def test_only_cells_of_answers_are_open_and_each_is_limited(empty: bytes) -> None:
    book = load_workbook(io.BytesIO(empty))
    assert set(book.sheetnames) == {"Start here", "Numbers", "Visits", "havn-lists"}
    assert book["havn-lists"].sheet_state == "hidden"
    sheet = book["Numbers"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    opened = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    total, girls = find(sheet, "total"), find(sheet, "reasons/bullying")
    assert {total.coordinate, girls.coordinate, find(sheet, "words").coordinate} <= opened
    assert len(opened) == 11
    limits = {str(cells.sqref): cells for cells in sheet.data_validations.dataValidation}
    found = next(one for ranges, one in limits.items() if total.coordinate in ranges)
    assert (found.type, found.formula1, found.formula2) == ("whole", "0", "900")
    way = next(one for one in limits.values() if find(sheet, "way").coordinate in str(one.sqref))
    assert way.type == "list"
    assert way.formula1.startswith("'havn-lists'!$")


def test_it_speaks_the_readers_language(definition: Definition) -> None:
    book = load_workbook(io.BytesIO(template(definition, {"way": "phone"}, language="nb", cover=COVER)))
    assert find(book["Tall"], "way").value == "Telefon"
    assert find(book["Tall"], "total", 2).value == "Alle"


def test_no_text_that_goes_out_is_a_formula(definition: Definition) -> None:
    book = load_workbook(io.BytesIO(template(definition, {"words": "=1+1"}, language="en", cover=COVER)))
    cell = find(book["Numbers"], "words")
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == ("=1+1", "s", True)


def test_what_is_wrong_is_said_with_sheet_and_cell(definition: Definition, empty: bytes) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Numbers"]
        for key, value in (("total", "many"), ("met", "perhaps"), ("way", "Carrier pigeon"), ("day", "31.31.2026"),
                           ("words", "=A1"), ("total.basis", "Counted")):  # fmt: skip
            find(sheet, key).value = value
        find(sheet, "reasons/bullying", 5).value = "=1+1"

    found = read(definition, filled(empty, change))
    places = {fault.path: fault.cell for fault in found.faults}
    sheet = load_workbook(io.BytesIO(empty))["Numbers"]
    assert places == {
        "total": find(sheet, "total").coordinate, "met": find(sheet, "met").coordinate,
        "way": find(sheet, "way").coordinate, "day": find(sheet, "day").coordinate,
        "words": find(sheet, "words").coordinate,
        "reasons.bullying.boys": find(sheet, "reasons/bullying", 5).coordinate,
    }  # fmt: skip
    formula = next(fault for fault in found.faults if fault.path == "words")
    assert formula.text == f"Sheet Numbers, cell {formula.cell}: There is a formula. Put its value in its place."
    assert found.answers == {"total.basis": "counted"}, "what could be read is there"
    assert found.located("total.basis", "No.").cell == find(sheet, "total.basis").coordinate


def test_sorted_inserted_and_moved_cells_are_found_by_their_keys(definition: Definition) -> None:
    answers = {"total": 12, "way": "chat", "reasons": {"bullying": {"girls": 3, "boys": 4}, "other": {"boys": 1}}}
    file = template(definition, answers, language="en", cover=COVER)

    def change(book: Workbook) -> None:
        sheet = book["Numbers"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_cols(1)
        sheet.insert_cols(5)
        sheet.insert_rows(4, 3)
        sheet["C4"].value = "A note of our own"

    assert read(definition, filled(file, change)).answers == answers


def test_lines_of_a_list_keep_their_order_and_may_have_gaps(definition: Definition, empty: bytes) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Visits"]
        head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "#visits")
        sheet.cell(head + 3, 2).value = "First"
        sheet.cell(head + 6, 2).value, sheet.cell(head + 6, 3).value = "Second", "1 200"

    assert read(definition, filled(empty, change)).answers == {
        "visits": [{"school": "First"}, {"school": "Second", "pupils": 1200}]
    }


@pytest.mark.parametrize(
    ("version", "ref", "form", "words"),
    [
        (3, "assignment:7", {}, "another version"),
        (2, "assignment:8", {}, "another period"),
        (2, "assignment:7", {"key": "x"}, "another form"),
    ],
)
def test_the_template_of_something_else_is_refused(
    empty: bytes, version: int, ref: str, form: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        read_template(parse({**FORM, **form}), empty, version=version, ref=ref)


def test_any_other_workbook_and_one_with_a_sheet_less_or_twice_is_refused(definition: Definition, empty: bytes) -> None:
    other = io.BytesIO()
    Workbook().save(other)
    for file, words in (
        (other.getvalue(), "not a template"),
        (filled(empty, lambda book: book.remove(book["Numbers"])), "missing"),
        (filled(empty, lambda book: book.copy_worksheet(book["Numbers"])), "there twice"),
    ):
        with pytest.raises(Refused, match=words):
            read(definition, file)


def test_a_row_that_was_copied_is_a_fault(definition: Definition, empty: bytes) -> None:
    def change(book: Workbook) -> None:
        sheet, cell = book["Numbers"], find(book["Numbers"], "total")
        cell.value = 1
        sheet.cell(90, 1).value, sheet.cell(90, 4).value = "total", 2

    assert [fault.cell for fault in read(definition, filled(empty, change)).faults] == ["D90"]


def packed(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    """A zip of these parts, beside those of another."""
    file = io.BytesIO(base)
    with zipfile.ZipFile(file, "a" if base else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, "other files"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "other files"),
        ({"xl/theme/more.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "no workbook"),
        ({"xl/theme/more.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}, "no workbook"),
        ({"xl/theme/more.png": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "no workbook"),
        ({"xl/styles2.xml": b" " * (opening.LARGEST_PART + 1)}, "too much"),
        ({"xl/media/bomb.xml": b"0" * (opening.UNPACKED + 1)}, "too much"),
        ({f"xl/media/{number}.png": b"" for number in range(opening.MOST_PARTS)}, "too much"),
    ],
)  # fmt: skip
def test_dangerous_workbooks_are_refused(
    definition: Definition, empty: bytes, parts: dict[str, bytes], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        read(definition, packed(parts, empty))


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 40, b"\xd0\xcf\x11\xe0", b"x" * (opening.LONGEST + 1)]
)
def test_what_is_no_workbook_is_refused(definition: Definition, data: bytes) -> None:
    with pytest.raises(Refused):
        read(definition, data)


def test_rows_and_columns_without_end_are_refused_at_once(definition: Definition, empty: bytes) -> None:
    def change(book: Workbook) -> None:
        book["Numbers"]["XFD1048576"].value = 1

    with pytest.raises(Refused, match="20,000 rows"):
        read(definition, filled(empty, change))


NUMBER, DAY = Slot("n", ("n",), Kind.NUMBER, "N"), Slot("d", ("d",), Kind.DATE, "D")


@pytest.mark.parametrize(
    ("value", "language", "number"),
    [
        ("1,234", "en", 1234), ("1,234", "nb", 1.234), ("1.234", "nb", 1234), ("1.234", "en", 1.234),
        ("1.5", "nb", 1.5),
        ("1,5", "en", 1.5), ("1 234,5", "nb", 1234.5), ("1.234,5", "en", 1234.5), ("1,234.5", "nb", 1234.5),
        ("1\u00a0234", "nb", 1234), ("1,234,567", "nb", 1234567), ("1.234.567", "en", 1234567), ("−7", "en", -7),
        (12.0, "en", 12), (12.5, "nb", 12.5), (7, "en", 7), ("12.0", "en", 12.0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(value: object, language: str, number: float) -> None:
    assert answer_of(value, NUMBER, {}, language) == number


@pytest.mark.parametrize(
    "value", ["twelve", "1.2.3", "1,2,3", "12%", "NaN", "inf", float("inf"), float("nan"), True, "١٢", "--1"]
)
def test_what_is_no_number_is_said(value: object) -> None:
    with pytest.raises(Unreadable) as wrong:
        answer_of(value, NUMBER, {}, "en")
    assert wrong.value.sentence


@pytest.mark.parametrize("value", ["2026-11-29", "29.11.2026", "29/11/2026", "29-11-2026"])
def test_days_are_read_as_people_write_them(value: str) -> None:
    assert answer_of(value, DAY, {}, "nb") == "2026-11-29"


@pytest.mark.parametrize("value", [46000, "2026", "30.02.2026", "yesterday"])
def test_what_is_no_day_is_said(value: object) -> None:
    with pytest.raises(Unreadable):
        answer_of(value, DAY, {}, "en")
