"""Another key for a part, and everything that mentions it follows."""

import json

import pytest

from havn.forms.rules import editing
from havn.forms.rules.parsing import parse
from havn.forms.rules.renaming import BeginningDiffers, expression_with, renamed
from tests.forms.sample import raw


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("calls > 3", "talks > 3"),
        ("sum(calls)+calls", "sum(talks)+talks"),
        (
            "abs(calls - before.calls) <= 0.3 * year_before.calls",
            "abs(talks - before.talks) <= 0.3 * year_before.talks",
        ),
        ("calls.basis == 'calls'", "talks.basis == 'calls'"),
        ('selected(ways, "calls") and filled(calls)', 'selected(ways, "calls") and filled(talks)'),
        ("by_age.calls.girls > calls", "by_age.calls.girls > talks"),
        ('by_age."calls".girls > recalls', 'by_age."calls".girls > recalls'),
        ("before.by_age.calls > 1", "before.by_age.calls > 1"),
        ('"calls" in calls', '"calls" in talks'),
        ("not  calls", "not  talks"),
        ("calls >", "calls >"),
    ],
)
def test_an_expression_asks_for_the_new_key_and_for_nothing_else(before: str, after: str) -> None:
    assert expression_with(before, "calls", "talks") == after


def test_a_beginning_is_neither_left_nor_joined() -> None:
    assert expression_with('sum("way_") + way_phone', "way_phone", "way_call") == 'sum("way_") + way_call'
    for old, new in (("way_phone", "phone"), ("phone", "way_phone")):
        with pytest.raises(BeginningDiffers):
            expression_with('sum("way_")', old, new)


def test_every_mention_in_a_form_follows() -> None:
    after = renamed(raw(), editing.QUESTION, "members", "people")
    assert "members" not in json.dumps(after).replace("How many members?", "")
    assert parse(after).questions["people"].basis
    steady, ages = after["checks"][0], after["checks"][1]
    assert steady["at"] == "people"
    assert steady["holds"] == "abs(people - before.people) <= 0.3 * before.people"
    assert steady["message"]["en"] == "Last year there were {before.people}. Say what changed."
    assert ages["message"]["nb"] == "Aldrene må bli {people}."
    assert after["computed"][1]["value"] == "travellers / people"
    assert after["sections"][0]["questions"][2]["required"] == "people > 10"
    assert after["sections"][1]["show_if"] == "people > 0"


@pytest.mark.parametrize(
    ("kind", "old"),
    [(kind, str(part["key"])) for kind in editing.KINDS for part in editing.parts_of(raw(), kind)],
)
def test_there_and_back_is_as_it_was(kind: str, old: str) -> None:
    there = renamed(raw(), kind, old, "quite_new")
    parse(there)
    assert there != raw()
    assert renamed(there, kind, "quite_new", old) == raw()


def test_what_is_not_there_has_no_other_key() -> None:
    with pytest.raises(editing.NotThere):
        renamed(raw(), editing.QUESTION, "nobody", "somebody")
