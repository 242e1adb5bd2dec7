"""Expressions: what they mean, what is refused, and that nothing given to them breaks or outlasts them."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.forms.rules.evaluating import Scope, evaluate
from havn.forms.rules.expressions import ExpressionFault, read
from havn.forms.rules.limits import LONGEST_EXPRESSION, MOST_STEPS
from tests.forms.expressions import answers, expressions

ANSWERS: dict[str, Any] = {
    "total": 10, "total.basis": "counted", "c_chat": 4, "c_phone": 6, "said": "yes", "many": ["a", "b"], "met": True,
    "reasons": {"bullying": {"girls": 2, "boys": 3}, "hate-speech": {"girls": 1}}, "day": "2026-02-01",
    "trips": [{"people": 3}, {}, {"people": 4}], "rated": {"safe": "often"}, "nothing": 0,
}  # fmt: skip


def value(text: str, **more: Any) -> Any:
    scope = Scope({**ANSWERS, **more}, {"before": {"total": 8}}, {"said": {"yes": 3}, "rated": {"often": 2}})
    scope.columns = {"people": "trips"}
    return evaluate(read(text), scope)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("-total + 1", -9), ("7 ÷ 2", 3.5), ("2 × 3 − 1", 5),
        ("total = 10", True), ("total != 10", False), ("total >= 10 and total <= 10", True),
        ("sum(\"c_\")", 10), ("sum(\"c_\") == total", True), ("sum(reasons)", 6), ("sum(reasons.*.girls)", 3),
        ("sum(reasons.bullying)", 5), ("reasons.bullying.girls", 2), ('reasons."hate-speech".girls', 1),
        ("count(reasons)", 3), ("count(many)", 2), ("count(trips)", 3), ("sum(people)", 7), ("count(people)", 2),
        ("min(3, total, 5)", 3), ("max(people)", 4), ("abs(before.total - total)", 2), ("total.basis == \"counted\"",
        True),
        ("said in (\"yes\", \"no\")", True), ("said not in (\"yes\", \"no\")", False), ("\"a\" in many", True),
        ("selected(many, \"b\")", True), ("selected(many, \"c\")", False), ("selected(said, \"yes\")", True),
        ("filled(total)", True), ("filled(gone)", False), ("not met", False), ("day < \"2026-03-01\"", True),
        ("score(said)", 3), ("score(said, rated)", 5), ("if(met, 1, 2)", 1), ("said == 3", False),
    ],
)  # fmt: skip
def test_it_means_what_it_says(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "gone + 1", "gone == 1", "1 / nothing", "not gone", "met and gone", "not met or gone", "sum(gone)",
        "score(gone)",
        "abs(said)", "min(1, gone)", "gone in (1, 2)", "if(gone, 1, 2)", "year_before.total", "said < 3",
        "many == many",
        "total.other", "reasons.bullying.girls.more", "before.gone", "-said",
    ],
)  # fmt: skip
def test_what_is_missing_is_unknown(text: str) -> None:
    assert value(text) is None


def test_what_decides_decides_whatever_is_unknown() -> None:
    assert value("not met and gone") is False
    assert value("gone and not met") is False
    assert value("gone or met") is True
    assert value("gone > 1 or total > 1") is True


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("  ", "empty"), ("1 +", "ends"), ("1 2", "left-over"), ("(1", "missing"), ("a..b",
        "unexpected"),
        ("total ** 2", "unexpected"), ("a.b.c.d.e", "too-deep"), ("open(\"x\")", "function"), ("__import__(\"os\")",
        "function"),
        ("sum(1 + 2)", "wants-name"), ("filled(3)", "wants-name"), ("if(1, 2)", "arguments"), ("a in (b, 1)",
        "plain-values"),
        ("a; b", "sign"), ("a[0]", "sign"), ("lambda: 1", "sign"), ("\"open", "sign"), ("1 < 2 < 3", "left-over"),
        ("and", "unexpected"), ("(" * 30 + "1" + ")" * 30, "too-deep"), ("not " * 40 + "a", "too-deep"),
        ("-" * 40 + "a", "too-deep"), ("1" + "+1" * 400, "too-long"), ("a" * (LONGEST_EXPRESSION + 1), "too-long"),
        ("9" * 16, "left-over"), ("a in", "unexpected"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_fault(text: str, code: str) -> None:
    with pytest.raises(ExpressionFault) as fault:
        read(text)
    assert fault.value.code == code


@given(st.one_of(st.text(max_size=80), st.text("()+-*/<>=!.,\"' abcdefnotindrsu01_", max_size=60)))
def test_no_text_raises_anything_but_its_own_fault(text: str) -> None:
    try:
        expression = read(text)
    except ExpressionFault:
        return
    evaluate(expression, Scope(ANSWERS))


@given(expressions(), answers(), answers())
def test_every_expression_has_a_plain_value_and_the_same_one_again(text: str, now: Any, before: Any) -> None:
    try:
        expression = read(text)
    except ExpressionFault:
        return
    scope, again = (Scope(now, {"before": before, "year_before": before}) for _time in range(2))
    found = evaluate(expression, scope)
    assert found is None or isinstance(found, (bool, int, float, str, list, dict))
    assert repr(found) == repr(evaluate(expression, again))


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.integers() | st.floats() | st.text(max_size=5),
       lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
       max_leaves=6),
       max_size=4), expressions())  # fmt: skip
def test_no_answers_break_it(strange: dict[str, Any], text: str) -> None:
    names = dict(zip(("a", "b", "chosen", "table", "rows"), strange.values(), strict=False))
    try:
        evaluate(read(text), Scope({**strange, **names}))
    except ExpressionFault:
        return


def test_it_reads_nothing_but_answers() -> None:
    for text in ("a.__class__", "a.__len__", "answers", "scope", "self.steps", "table.keys", "word.upper"):
        assert evaluate(read(text), Scope({"a": 1, "table": {"x": 1}, "word": "x"})) is None


def test_the_steps_of_one_check_are_bounded() -> None:
    many = {f"c_{number}": number for number in range(400)}
    scope = Scope(many)
    heavy = read(" + ".join(['sum("c_")'] * 60))
    began = time.process_time()
    for _time in range(200):
        evaluate(heavy, scope)
    assert scope.steps < 0, "a form that asks for more than MOST_STEPS gets unknown values"
    assert evaluate(heavy, scope) is None
    assert time.process_time() - began < 2, f"{MOST_STEPS} steps take too long"
