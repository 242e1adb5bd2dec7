"""Tables of a centre's records in the rows and columns of a form."""

from hypothesis import given
from hypothesis import strategies as st

from havn.rounds.rules.fitting import fit, row_of

CODES = st.sampled_from(["phone", "e-mail", "e_mail", "chat", "other", "unknown", "sms"])
TABLES = st.dictionaries(CODES, st.dictionaries(st.sampled_from(["contacts", "girl", "boy"]), st.integers(0, 99)))


def test_codes_with_hyphens_fit_keys_with_underscores() -> None:
    found = fit({"e-mail": {"contacts": 4}, "sms": {"contacts": 2}}, ["e_mail", "chat", "other"], ["number"])
    assert found.value == {"e_mail": {"number": 4}, "chat": {"number": 0}, "other": {"number": 2}}
    assert found.left == 0


def test_what_has_no_row_is_said() -> None:
    found = fit({"chat": {"girl": 3, "boy": 1}, "sms": {"girl": 2}}, ["chat"], ["girl", "boy"])
    assert (found.value, found.left) == ({"chat": {"girl": 3, "boy": 1}}, 2)


def test_one_number_is_the_sum_or_one_row() -> None:
    table = {"chat": {"contacts": 3}, "phone": {"contacts": 4}}
    assert fit(table, [], []).value == 7
    assert fit(41, [], []).value == 41
    assert row_of(table, "phone") == 4
    assert row_of(table, "letter") == 0
    assert row_of({}, "phone") is None


@given(TABLES, st.lists(CODES, min_size=1, unique=True), st.lists(st.sampled_from(["girl", "boy", "x"]), unique=True))
def test_every_number_is_placed_or_left_over(
    table: dict[str, dict[str, int]], rows: list[str], columns: list[str]
) -> None:
    whole = sum(number for cells in table.values() for number in cells.values())
    found = fit(table, rows, columns)
    placed = (
        sum(n for cells in found.value.values() for n in cells.values())
        if isinstance(found.value, dict)
        else found.value
    )
    assert placed + found.left == whole
