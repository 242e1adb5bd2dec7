"""Tables that are opened in a spreadsheet run nothing there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.common.cells import safe_cell


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "\n" not in cell


@pytest.mark.parametrize("text", ["=1+1", "+47 22", "-2", "@sum", "\t=1", " =1", "\r=1"])
def test_what_looks_like_a_formula_is_made_text(text: str) -> None:
    assert safe_cell(text).startswith("'")
