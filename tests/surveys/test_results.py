"""What may be shown, and an attacker who tries to work out the rest from everything that is shown."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from havn.forms.api import Definition, check, parse
from havn.surveys.rules.grouping import LEAST, NONE, groups_of
from havn.surveys.rules.results import results_of, variables_of
from tests.surveys.factories import choices, definition, one, some_answers

FORM = parse(definition())
SMALLEST, ROOM = 5, 5
"""No number below, and no hidden number with fewer possible ones."""


def reckoned(answers: Sequence[dict[str, Any]], *split: str, form: Definition = FORM) -> dict[str, Any]:
    rows = []
    for each in answers:
        checked = check(form, each, final=False)
        rows.append((checked.answers, checked.shown))
    return results_of(form, split, rows)


def table(results: dict[str, Any], path: str) -> dict[str, Any]:
    return next(each for each in results["tables"] if each["path"] == path)


def numbers(results: dict[str, Any]) -> Iterator[int | None]:
    for each in results["tables"]:
        yield from each["all"]
        for group in each["groups"]:
            yield from group


def people(**counts: int) -> list[dict[str, Any]]:
    """people(young_yes=12) are twelve young ones who play."""
    found = []
    for name, count in counts.items():
        age, plays = name.split("_")
        found += [{"age": age, "gender": "girl", "plays": plays == "yes"}] * count
    return found


def test_below_ten_nothing_is_shown() -> None:
    assert reckoned(some_answers(9), "age") == {"respondents": None, "split_by": [], "groups": [], "tables": []}
    assert reckoned(some_answers(10), "age")["respondents"] == 10


@given(st.integers(10, 60), st.integers(0, 1_000))
@settings(max_examples=60, deadline=None)
def test_no_group_is_below_ten_and_everybody_is_in_one(count: int, seed: int) -> None:
    answers = some_answers(count, seed)
    groups = groups_of([FORM.questions["age"], FORM.questions["gender"]], answers)
    assert all(group.size >= LEAST for group in groups)
    assert not groups or sum(group.size for group in groups) == count
    assert len(groups) != 1
    codes = [code for group in groups for code in group.codes]
    assert len(codes) == len(set(codes))


@given(st.integers(10, 80), st.integers(0, 1_000), st.sampled_from([(), ("age",), ("age", "gender")]))
@settings(max_examples=80, deadline=None)
def test_no_small_number_is_ever_shown(count: int, seed: int, split: tuple[str, ...]) -> None:
    assert all(
        number in (None, 0) or number >= SMALLEST for number in numbers(reckoned(some_answers(count, seed), *split))
    )


def test_the_complement_of_a_small_number_is_left_out_too() -> None:
    shown = table(reckoned(people(young_yes=17, young_no=3)), "plays")
    assert shown["codes"] == ["yes", "no", NONE]
    assert shown["all"] == [None, None, 0]


def test_all_minus_a_group_gives_nothing_back() -> None:
    """Subtracting filters: all, and one group, whose difference is the other group's three."""
    shown = table(reckoned(people(young_yes=20, young_no=20, older_yes=17, older_no=3), "age"), "plays")
    assert shown["groups"][1] == [None, None, 0]
    left_out = [at for at, number in enumerate(shown["all"]) if number is None]
    hidden_beside = [at for at, number in enumerate(shown["groups"][0]) if number is None]
    assert left_out or hidden_beside


def test_a_small_group_is_put_together_with_another_and_never_left_out() -> None:
    results = reckoned(people(young_yes=20, older_yes=4) + [{"gender": "girl", "plays": True}] * 12, "age")
    assert results["groups"] == [
        {"codes": [["young"]], "size": 20},
        {"codes": [["older"], [NONE]], "size": 16},
    ]


def test_two_groups_that_would_become_one_are_none() -> None:
    results = reckoned(people(young_yes=20, older_yes=4), "age")
    assert results["groups"] == []
    assert results["split_by"] == []


def test_what_everybody_of_a_group_answered_is_not_told_of_the_group() -> None:
    everybody = table(reckoned(people(young_yes=20, older_yes=10, older_no=10), "age"), "plays")
    assert everybody["groups"] == []
    assert everybody["all"] == [30, 10, 0]
    nearly = table(reckoned(people(young_yes=20, young_no=6, older_yes=10, older_no=10), "age"), "plays")
    assert nearly["groups"] == [[20, 6, 0], [10, 10, 0]]


def test_what_results_are_split_by_has_no_second_table() -> None:
    results = reckoned(some_answers(60), "age")
    assert "age" not in {each["question"] for each in results["tables"]}
    assert "gender" in {each["question"] for each in results["tables"]}


def test_a_question_for_some_is_shown_where_how_many_were_asked_is_known_anyway() -> None:
    shown = table(reckoned(people(young_yes=20, older_yes=20, young_no=12), "gender"), "where")
    assert shown["of"] == 40
    assert shown["groups"] == []


def test_a_question_for_some_does_not_give_the_hidden_answer_away() -> None:
    """Three of fifty do not play, so that is left out; "47 were asked where" would tell it."""
    answers = [{**each, "where": "home"} if each["plays"] else each for each in people(young_yes=47, young_no=3)]
    shown = table(reckoned(answers), "where")
    assert (shown["withheld"], shown["of"], shown["all"]) == ("routed", None, [])


@pytest.mark.parametrize(
    ("condition", "withheld"),
    [
        ('selected(likes, "fun")', ""),
        ('not selected(likes, "fun")', ""),
        ('selected(likes, "fun") and selected(likes, "friends")', "routed"),
        ('plays and age == "young"', "routed"),
        ("count(likes) > 1", "routed"),
    ],
)
def test_only_one_answer_may_decide_who_is_asked(condition: str, withheld: str) -> None:
    form = parse(definition(one("more", "a", "b", show_if=condition)))
    answers = [
        {"age": age, "plays": True, "likes": likes, "more": "a"}
        for age, likes in product(("young", "older"), (["fun"], ["fun", "friends"], ["winning"]))
    ] * 12
    assert table(reckoned(answers, form=form), "more")["withheld"] == withheld


def test_too_few_who_were_asked_are_shown_as_nothing() -> None:
    shown = table(reckoned(people(young_yes=8, young_no=40)), "where")
    assert (shown["withheld"], shown["all"]) == ("few", [])


def test_ten_single_answers_are_not_shown_as_ten_hidden_ones() -> None:
    codes = tuple("abcdefghij")
    form = parse(definition(one("letter", *codes)))
    shown = table(reckoned([{"letter": code} for code in codes], form=form), "letter")
    assert shown["withheld"] == "few"


def test_ticks_that_are_tied_by_their_limit_are_left_out() -> None:
    """Everybody ticks two of three, so that the hidden third is what is missing."""
    many = {"key": "two", "type": "many", "label": {"en": "Two?"}, "choices": choices("a", "b", "c"), "most": 2}
    form = parse(definition(many))
    answers = [{"two": ["a", "b"]}] * 37 + [{"two": ["a", "c"]}] * 3
    assert {table(reckoned(answers, form=form), f"two.{code}")["withheld"] for code in "abc"} == {"tied"}
    freely = [*answers, *[{"two": ["a"]}] * 20]
    assert {table(reckoned(freely, form=form), f"two.{code}")["withheld"] for code in "abc"} == {""}


def test_a_row_of_a_matrix_is_a_table_of_its_own() -> None:
    matrix = {"key": "m", "type": "matrix", "label": {"en": "How often?"}, "cell": "one",
              "rows": choices("r", "s"), "columns": choices("never", "often")}  # fmt: skip
    form = parse(definition(matrix))
    answers = [{"m": {"r": "never", "s": "often"}}] * 12 + [{"m": {"r": "often"}}] * 8
    results = reckoned(answers, form=form)
    assert table(results, "m.r")["all"] == [12, 8, 0]
    assert table(results, "m.s")["all"] == [0, 12, 8]


# The attacker: every child is one cell of the whole cross-table, whatever is shown is a sum of cells, and each number
# left out is at least one. Whole numbers only; nothing of the code above is used but what variables there are.


def _cells(form: Definition, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Every way in which one child may answer these questions."""
    options: list[list[Any]] = []
    for key in keys:
        question = form.questions[key]
        if question.type == "many":
            sets = product((False, True), repeat=len(question.codes))
            options.append([[code for code, on in zip(question.codes, chosen, strict=True) if on] for chosen in sets])
        elif question.type == "yes_no":
            options.append([True, False, None])
        else:
            options.append([*question.codes, None])
    found = []
    for combined in product(*options):
        answers = {key: value for key, value in zip(keys, combined, strict=True) if value not in (None, [])}
        cleaned = check(form, answers, final=False).answers
        if cleaned not in found:
            found.append(cleaned)
    return found


def _possible(results: dict[str, Any], form: Definition, keys: Sequence[str]) -> dict[tuple[str, int, int], int]:
    """For each hidden number how many different ones it may be: (path, group or -1, place of the code)."""
    cells = _cells(form, keys)
    shown = [check(form, each, final=False).shown for each in cells]
    split = [form.questions[key] for key in results["split_by"]]
    place = {tuple(codes): at for at, group in enumerate(results["groups"]) for codes in group["codes"]}
    of_group = [place.get(tuple(str(each.get(q.key, NONE)) for q in split), -1) for each in cells]
    rows, least, most, hidden = [], [], [], {}
    everybody = np.ones(len(cells))
    rows.append(everybody), least.append(results["respondents"]), most.append(results["respondents"])
    for at, group in enumerate(results["groups"]):
        rows.append(np.array([1.0 if own == at else 0.0 for own in of_group]))
        least.append(group["size"]), most.append(group["size"])
    for question in (form.questions[key] for key in keys):
        for variable in variables_of(question):
            told = next((each for each in results["tables"] if each["path"] == variable.path), None)
            if told is None or told["withheld"]:
                continue
            for group, line in [(-1, told["all"]), *enumerate(told["groups"])]:
                for code, number in enumerate(line):
                    row = np.array([
                        1.0 if question.key in seen and variable.answer(each) == told["codes"][code]
                        and group in (-1, own) else 0.0
                        for each, seen, own in zip(cells, shown, of_group, strict=True)
                    ])  # fmt: skip
                    rows.append(row)
                    least.append(1 if number is None else number)
                    most.append(results["respondents"] if number is None else number)
                    if number is None:
                        hidden[variable.path, group, code] = row
    known = LinearConstraint(np.array(rows), least, most)
    room = {}
    for name, row in hidden.items():
        ends = [milp(sign * row, constraints=known, integrality=np.ones(len(cells))) for sign in (1, -1)]
        assert all(end.success for end in ends), name
        room[name] = round(-ends[1].fun - ends[0].fun) + 1
    return room


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("split", [(), ("age",)])
def test_an_attacker_with_all_tables_works_nothing_out(seed: int, split: tuple[str, ...]) -> None:
    answers = some_answers(34 + 3 * seed, seed)
    room = _possible(reckoned(answers, *split), FORM, ("age", "plays", "where", "likes", "money"))
    assert all(count >= ROOM for count in room.values()), room


def test_the_attacker_does_work_out_what_is_left_out_carelessly() -> None:
    """The same attacker against the same answers with only the small numbers left out: he finds some."""
    results = reckoned(people(young_yes=20, young_no=20, older_yes=17, older_no=3), "age")
    told = table(results, "plays")
    told["all"], told["groups"] = [37, 23, 0], [[20, 20, 0], [17, None, 0]]
    room = _possible(results, FORM, ("age", "plays"))
    assert room["plays", 1, 1] == 1
