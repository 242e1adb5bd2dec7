"""What two tables of the network tell of a centre that changed in between: the difference is never its own number."""

from collections.abc import Mapping, Sequence

import pytest

from havn.releases.rules.own import FewChanged, few_changed
from havn.releases.rules.suppress import frame_of, suppress
from havn.releases.rules.tables import NETWORK, Codes, Parts, Published, Table
from tests.releases.factories import Q1, YEAR, network, released

Rows = Sequence[Sequence[int]]
BASE: dict[str, Rows] = {name: [[20, 30], [40, 25]] for name in ("at", "be", "cz", "ee")}


def of(table: Table) -> Parts:
    assert table.parts is not None
    return table.parts


def changed(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> dict[Codes, str]:
    old, new = network(before), network(after)
    first, _outcome = released(old, centre="net", key="1")
    return few_changed(new, frame_of(new, "net", *Q1), [first], {"1": of(old)}, {})


def test_nothing_changed_hides_nothing() -> None:
    assert changed(BASE, BASE) == {}


@pytest.mark.parametrize("after", [
    {**BASE, "fi": [[11, 12], [13, 14]]},
    {**BASE, "at": [[90, 30], [40, 25]]},
    {name: rows for name, rows in BASE.items() if name != "ee"},
    {**BASE, "fi": [[400, 0], [0, 0]], "se": [[9, 0], [0, 0]], "lt": [[9, 0], [0, 0]]},
])  # fmt: skip
def test_one_that_came_changed_or_went_or_did_nearly_all_stops_it(after: Mapping[str, Rows]) -> None:
    with pytest.raises(FewChanged):
        changed(BASE, after)


def test_three_that_came_do_not() -> None:
    three: dict[str, Rows] = {name: [[11, 12], [13, 14]] for name in ("fi", "se", "lt")}
    assert changed(BASE, {**BASE, **three}) == {}


def test_a_number_that_one_alone_moved_is_left_out_and_its_line_with_it() -> None:
    after = {**BASE, "at": [[30, 30], [40, 45]], "be": [[20, 30], [40, 45]], "cz": [[20, 30], [40, 45]]}
    found = changed(BASE, after)
    assert set(found) == {("reason0", "age0"), ("reason0", ""), ("", "age0")}
    old, new = network(BASE), network(after)
    first, _outcome = released(old, centre="net", key="1")
    outcome = suppress(new, frame_of(new, "net", *Q1), [first], knows={"1": of(old)})
    assert set(found) <= set(outcome.why)


def test_a_quarter_that_one_changed_since_is_not_told_by_the_year() -> None:
    quarter, year = network(BASE), network({name: [[90, 99], [120, 95]] for name in BASE})
    first, _outcome = released(quarter, centre="net", key="1")
    later = network({**BASE, "at": [[20, 30], [40, 85]]})
    for now, stops in ((quarter, False), (later, True)):
        frame: Published = frame_of(year, "net", *YEAR)
        assert frame.population == NETWORK
        if stops:
            with pytest.raises(FewChanged):
                suppress(year, frame, [first], knows={"1": of(quarter)}, now={"1": of(now)})
        else:
            assert suppress(year, frame, [first], knows={"1": of(quarter)}, now={"1": of(now)}).published.shown


def test_the_sum_alone_of_another_list_is_compared_too() -> None:
    old, new = network(BASE), network({**BASE, "fi": [[11, 12], [13, 14]]})
    whole = Published("sum", NETWORK, *Q1, (), {(): sum(old.counts.values())}, frozenset())
    given: Parts = {centre: {(): sum(counts.values())} for centre, counts in of(old).items()}
    with pytest.raises(FewChanged):
        few_changed(new, frame_of(new, "net", *Q1), [whole], {"sum": given}, {})
    assert few_changed(old, frame_of(old, "net", *Q1), [whole], {"sum": given}, {}) == {}
