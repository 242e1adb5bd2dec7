"""What goes into a template comes out of it, for any form and any answers, whatever a program did to the cells."""

import io
import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from havn.forms.rules.answering import check
from havn.forms.rules.definition import Definition
from havn.forms.rules.parsing import parse
from havn.forms.sheets.reading import read_template
from havn.forms.sheets.writing import Cover, template
from tests.forms.strategies import LANGUAGES, answers_to, definitions

COVER = Cover(version=3, ref="round:7/assignment:12", centre="Trygg på nett", period="2026 Q3", closes="2026-10-16")
_DATA = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def again(definition: Definition, file: bytes) -> tuple[dict[str, Any], list[str]]:
    """The answers that a file holds, cleaned, and what is wrong with it."""
    found = read_template(definition, file, version=3, ref=COVER.ref)
    checked = check(definition, found.answers, final=False)
    return checked.answers, [fault.text for fault in found.faults]


@_DATA
@given(st.data())
def test_answers_come_back_as_they_were(data: st.DataObject) -> None:
    definition = parse(data.draw(definitions()))
    clean = check(definition, data.draw(answers_to(definition)), final=False).answers
    file = template(definition, clean, language=data.draw(st.sampled_from(LANGUAGES)), cover=COVER)
    assert again(definition, file) == (_without_empty_rows(clean), [])


@_DATA
@given(st.data())
def test_they_come_back_when_a_program_made_texts_of_everything_and_moved_the_rows(data: st.DataObject) -> None:
    definition = parse(data.draw(definitions()))
    clean = check(definition, data.draw(answers_to(definition)), final=False).answers
    file = template(definition, clean, language="en", cover=COVER)
    changed = _texts_and_moved(file, random.Random(data.draw(st.integers(0, 2**32))))
    assert again(definition, changed) == (_without_empty_rows(clean), [])


def _without_empty_rows(clean: dict[str, Any]) -> dict[str, Any]:
    """In a list of lines, an empty line is no line."""
    found = {
        key: [row for row in value if row]
        if isinstance(value, list) and value and isinstance(value[0], dict)
        else value
        for key, value in clean.items()
    }
    return {key: value for key, value in found.items() if value != []}


def _texts_and_moved(file: bytes, chance: random.Random) -> bytes:
    """The workbook as a careless program saves it: every cell a text, a column before the others, rows in any order."""
    book = load_workbook(io.BytesIO(file))
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        marks = [str(row[0] or "") if row else "" for row in rows]
        if not any(mark == "havn-sheet" for mark in marks):
            continue
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        order = list(range(len(rows)))
        if "havn-sheet" in marks and not _is_list(rows):
            chance.shuffle(order)
        sheet.delete_rows(1, sheet.max_row)
        for number, place in enumerate(order, start=1):
            for column, value in enumerate(rows[place], start=2):
                if value is not None:
                    cell = sheet.cell(number, column)
                    cell.value = value if isinstance(value, str) else _text(value)
                    cell.data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _text(value: object) -> str:
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def _is_list(rows: list[list[Any]]) -> bool:
    """Lines of a repeated section keep their order: it is theirs."""
    section = next(row[1] for row in rows if row and row[0] == "havn-sheet")
    return any(row and row[0] == f"#{section}" for row in rows)
