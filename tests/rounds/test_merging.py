"""Two people at one draft."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.rounds.rules.merging import base_of, changes, merge, merge_unknown, rows_with_documents

ANSWERS = st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 3)), max_size=6)


def _full(answers: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in answers.items() if one is not None}


def test_two_people_at_different_questions_keep_both() -> None:
    merged = merge({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 5})
    assert merged.answers == {"a": 2, "b": 5}
    assert (merged.changed, merged.mine) == (("b",), {})


def test_a_question_that_both_changed_keeps_the_first_and_shows_the_other() -> None:
    merged = merge({"a": 1}, {"a": 2}, {"a": 3})
    assert merged.answers == {"a": 2}
    assert merged.mine == {"a": 3}
    meant = merge({"a": 2}, {"a": 2}, {"a": 3})
    assert (meant.answers, meant.changed, meant.mine) == ({"a": 3}, ("a",), {})


def test_both_to_the_same_is_no_clash_and_an_emptied_answer_goes() -> None:
    assert merge({"a": 1}, {"a": 2}, {"a": 2}).mine == {}
    assert merge({"a": 1}, {"a": 1}, {"a": ""}).answers == {}
    assert merge({}, {}, {"a": ""}).changed == ()


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nobodys_change_is_lost(base: dict[str, Any], stored: dict[str, Any], sent: dict[str, Any]) -> None:
    merged = merge(base, stored, sent)
    for key in "abcdef":
        was, theirs, mine = (_full(one).get(key) for one in (base, stored, sent))
        kept = _full(merged.answers).get(key)
        if mine == was:
            assert kept == theirs
        elif theirs in (was, mine):
            assert kept == mine
        else:
            assert kept == theirs and key in merged.mine


@given(ANSWERS, st.lists(ANSWERS, max_size=5))
def test_what_was_opened_is_known_again_from_the_changes(first: dict[str, Any], later: list[dict[str, Any]]) -> None:
    log: list[tuple[str, Any]] = []
    now = _full(first)
    for step in map(_full, later):
        log += [(key, now.get(key)) for key in changes(now, step)]
        now = step
    assert _full(base_of(now, log)) == _full(first)


@given(ANSWERS, ANSWERS)
def test_without_what_was_opened_every_difference_is_shown_and_none_kept(
    stored: dict[str, Any], sent: dict[str, Any]
) -> None:
    merged = merge_unknown(stored, sent)
    assert (merged.answers, merged.changed) == (stored, ())
    assert set(merged.mine) == {key for key in "abcdef" if _full(stored).get(key) != _full(sent).get(key)}


PAPER = {"name": "a.pdf", "size": 1, "ref": "r1"}


@pytest.mark.parametrize(
    ("given_rows", "found"),
    [
        ([{"what": "A"}, {"what": "B"}], [{"what": "A"}, {"what": "B", "paper": PAPER}]),
        ([{"what": "B"}, {"what": "A"}], [{"what": "B", "paper": PAPER}, {"what": "A"}]),
        ([{"what": "new"}, {"what": "B"}], [{"what": "new"}, {"what": "B", "paper": PAPER}]),
        ([{"what": "A"}, {"what": "C"}], [{"what": "A"}, {"what": "C", "paper": PAPER}]),
        ([{"what": "A"}], [{"what": "A"}, {"paper": PAPER}]),
        ([], [{"paper": PAPER}]),
        (None, [{"paper": PAPER}]),
        ([{"what": "A", "paper": {"ref": "forged"}}, 7], [{"what": "A"}, {"paper": PAPER}]),
    ],
)  # fmt: skip
def test_documents_find_their_rows_again_and_none_is_lost(given_rows: Any, found: list[dict[str, Any]]) -> None:
    stored = [{"what": "A"}, {"what": "B", "paper": PAPER}]
    assert rows_with_documents(given_rows, stored, ["paper"]) == found


def test_of_the_same_rows_the_nearest_is_the_one() -> None:
    stored = [{"n": 1}, {"n": 1, "paper": PAPER}, {"n": [1, {"a": 2}]}]
    rows = [{"n": 1.0}, {"n": 2}, {"n": 1}]
    assert rows_with_documents(rows, stored, ["paper"]) == [{"n": 1}, {"n": 2}, {"n": 1, "paper": PAPER}]


@pytest.mark.parametrize("row", [{}, {"what": "A"}])
def test_a_hundred_thousand_rows_take_no_longer_than_a_hundred_thousand_steps(row: dict[str, Any]) -> None:
    many = [dict(row) for _ in range(100_000)]
    began = time.process_time()
    assert len(rows_with_documents(many, [*many, {"what": "B", "paper": PAPER}], ["paper"])) == 100_001
    assert time.process_time() - began < 5


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_no_document_is_lost_and_none_doubled(stored: list[str], rows: list[str]) -> None:
    kept = [{"what": one, "paper": {"ref": number}} for number, one in enumerate(stored)]
    found = rows_with_documents([{"what": one} for one in rows], kept, ["paper"])
    assert sorted(row["paper"]["ref"] for row in found if "paper" in row) == list(range(len(stored)))
    assert [row["what"] for row in found if "what" in row] == rows
