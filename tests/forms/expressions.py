"""Random expressions over a few answers, and random answers, for property tests."""

from typing import Any

from hypothesis import strategies as st

NAMES = ("a", "b", "c_1", "c_2", "chosen", "table", "table.x.y", "table.*.y", 'table."odd-row".y', "a.basis", "rows_n",
         "rows", "before.a", "year_before.table.x.y", "word", "flag", "day")  # fmt: skip
VALUES = ("0", "1", "2.5", "100", '"x"', "'two'", '"2026-01-02"', "true", "false")
SIGNS = ("+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "=", "×", "÷", "−")


def expressions() -> st.SearchStrategy[str]:
    """Texts that can be read."""
    names = st.sampled_from(NAMES)
    leaf = st.one_of(names, st.sampled_from(VALUES))
    of_answers = st.tuples(
        st.sampled_from(["sum", "count", "score"]),
        st.lists(st.one_of(names, st.sampled_from(['"c_"', "'zz'"])), min_size=1, max_size=3),
    ).map(lambda found: f"{found[0]}({', '.join(found[1])})")
    asked = st.tuples(names, st.sampled_from(VALUES)).map(lambda found: f"selected({found[0]}, {found[1]})")
    among = st.tuples(names, names).map(lambda found: f"({found[0]} in {found[1]})")
    listed = names.map(lambda name: f'({name} not in (1, "x", -2))')
    filled = names.map(lambda name: f"filled({name})")

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, st.sampled_from([*SIGNS, "and", "or"]), inner)
        return st.one_of(
            pair.map(lambda found: f"({found[0]} {found[1]} {found[2]})"),
            inner.map(lambda one: f"not ({one})"),
            inner.map(lambda one: f"-({one})"),
            inner.map(lambda one: f"abs({one})"),
            st.tuples(inner, inner, inner).map(lambda found: f"if({', '.join(found)})"),
            st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda f: f"{f[0]}({f[1]}, {f[2]})"),
        )

    return st.recursive(st.one_of(leaf, of_answers, asked, among, listed, filled), grow, max_leaves=8)


def numbers() -> st.SearchStrategy[int | float]:
    return st.one_of(st.integers(-1000, 1000), st.floats(-1e6, 1e6, allow_nan=False).map(lambda found: round(found, 3)))


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """Clean answers to some of the names."""
    cell = st.dictionaries(st.sampled_from(["y", "z"]), numbers(), max_size=2)
    word = st.sampled_from(["x", "two", "counted", ""])
    shapes: dict[str, st.SearchStrategy[Any]] = {
        "a": numbers(), "b": st.one_of(numbers(), word), "c_1": numbers(), "c_2": numbers(), "a.basis": word,
        "chosen": st.lists(st.sampled_from(["x", "two", "z"]), unique=True, max_size=3), "word": word,
        "flag": st.booleans(), "day": st.sampled_from(["2026-01-01", "2026-01-02", "2027-01-01"]),
        "table": st.dictionaries(st.sampled_from(["x", "odd-row", "w"]), cell, max_size=3),
        "rows": st.lists(st.dictionaries(st.just("rows_n"), numbers(), max_size=1), max_size=3),
    }  # fmt: skip
    return {key: draw(shape) for key, shape in shapes.items() if draw(st.booleans())}
