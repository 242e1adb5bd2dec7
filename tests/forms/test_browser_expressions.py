"""The browser reckons as the server does: the same trees and answers, by Node as Playwright has it and by Python."""

import json
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from havn.forms.rules.evaluating import Scope, evaluate
from havn.forms.rules.expressions import ExpressionFault, read
from tests.forms.expressions import answers, expressions

SCRIPT = Path(__file__).parents[2] / "havn/forms/static/forms/expression.js"
SCORES: dict[str, dict[str, float]] = {"chosen": {"x": 1.5, "two": 2}, "word": {"x": 3}}
COLUMNS = {"rows_n": "rows"}
_ASK = """
import {{ Scope, evaluate }} from "{script}";
import {{ readFileSync }} from "node:fs";
const cases = JSON.parse(readFileSync(0, "utf-8"));
const found = cases.map(([tree, answers]) => evaluate(tree, new Scope(answers, {scores}, {columns})));
process.stdout.write(JSON.stringify(found));
"""


def in_node(cases: list[tuple[Any, Any]]) -> list[Any]:
    node = compute_driver_executable()[0]
    source = _ASK.format(script=SCRIPT.as_uri(), scores=json.dumps(SCORES), columns=json.dumps(COLUMNS))
    done = subprocess.run(
        [node, "--input-type=module", "-e", source], input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def test_hundreds_of_random_expressions_are_worth_the_same_in_a_browser() -> None:
    cases: list[tuple[Any, Any]] = []
    here: list[Any] = []

    @settings(max_examples=400, phases=[Phase.generate], database=None, deadline=None)
    @given(st.tuples(expressions().filter(lambda text: "before." not in text), answers()))
    def collect(case: tuple[str, Any]) -> None:
        text, now = case
        try:
            expression = read(text)
        except ExpressionFault:
            return
        scope = Scope(now, scores=SCORES)
        scope.columns = COLUMNS
        cases.append((expression.node, now))
        here.append(evaluate(expression, scope))

    collect()
    there = in_node(cases)
    assert len(cases) > 300
    different = [(case, a, b) for case, a, b in zip(cases, here, there, strict=True) if not _same(a, b)]
    assert different == []


def test_a_row_of_a_repeated_section_means_itself_in_a_browser_too() -> None:
    source = f"""
import {{ Scope, evaluate }} from "{SCRIPT.as_uri()}";
const scope = new Scope({{ rows: [{{ rows_n: 1 }}, {{ rows_n: 5 }}] }}, {{}}, {{ rows_n: "rows" }});
const tree = {json.dumps(read("rows_n > 3").node)};
const outside = evaluate({json.dumps(read("sum(rows_n)").node)}, scope);
scope.within = "rows";
const found = scope.answers.rows.map((row) => {{ scope.row = row; return evaluate(tree, scope); }});
process.stdout.write(JSON.stringify([outside, found]));
"""
    node = compute_driver_executable()[0]
    done = subprocess.run([node, "--input-type=module", "-e", source], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [6, [False, True]]


def _same(here: Any, there: Any) -> bool:
    if isinstance(here, bool) or isinstance(there, bool):
        return here is there
    if isinstance(here, (int, float)) and isinstance(there, (int, float)):
        return abs(here - there) <= 1e-9 * max(1.0, abs(here))
    return bool(here == there)
