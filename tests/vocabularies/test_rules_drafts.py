"""A draft of a list: what it changes, what it lacks, which version holds when. Values alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havn.vocabularies.facts import Term
from havn.vocabularies.rules import drafts
from havn.vocabularies.rules.drafts import DraftTerm, Fault, Found, changes, faults
from havn.vocabularies.rules.mapping import by_standard, in_version, laid_over
from havn.vocabularies.rules.versions import Version, held, quarter_after

OLD = [Term("a", {"en": "Apples", "nb": "Epler"}), Term("b", {"en": "Bread"}), Term("c", {"en": "Cheese"})]
D = dt.date


def draft(*terms: DraftTerm) -> list[DraftTerm]:
    """The copy with these terms put in it."""
    made = drafts.copy_of(OLD)
    for one in terms:
        made = drafts.put(made, one)
    return made


def test_a_copy_changes_nothing_and_may_not_be_published() -> None:
    assert not changes(OLD, draft()).any
    assert faults(OLD, draft(), must_stay=()) == [Found(Fault.NOTHING_CHANGED)]


def test_every_change_is_told_by_its_kind() -> None:
    made = draft(
        DraftTerm("a", {"en": "Fruit", "nb": "Epler"}),
        DraftTerm("b", {"en": "Bread", "nb": "Brød"}, definition="Of grain.", broader="own-food"),
        DraftTerm("c", {"en": "Cheese"}, retired=True, replaced_by="b"),
        DraftTerm("own-food", {"en": "Food"}),
    )
    found = changes(OLD, drafts.moved(made, "b", up=True))
    assert found.new == ["own-food"]
    assert (found.renamed, found.translated) == (["a"], ["b"])
    assert (found.regrouped, found.defined, found.retired, found.reordered) == (["b"], ["b"], {"c": "b"}, True)
    assert faults(OLD, made, must_stay=()) == []


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        (DraftTerm("c", {"nb": "Ost"}), Fault.NO_ENGLISH),
        (DraftTerm("c", {"en": "bread"}), Fault.SAME_LABEL),
        (DraftTerm("c", {"en": "Cheese"}, retired=True), Fault.NO_SUCCESSOR),
        (DraftTerm("c", {"en": "Cheese"}, retired=True, replaced_by="never"), Fault.BAD_SUCCESSOR),
        (DraftTerm("c", {"en": "Cheese"}, retired=True, replaced_by="c"), Fault.BAD_SUCCESSOR),
        (DraftTerm("c", {"en": "Cheese"}, broader="never"), Fault.BAD_GROUP),
        (DraftTerm("c", {"en": "Cheese"}, broader="c"), Fault.BAD_GROUP),
        (DraftTerm("b", {"en": "Bread"}, retired=True, ends=True), Fault.MUST_STAY),
    ],
)
def test_what_keeps_a_draft_from_being_published(term: DraftTerm, fault: Fault) -> None:
    assert Found(fault, term.code) in faults(OLD, draft(term), must_stay={"b"})


def test_a_list_has_groups_and_terms_and_no_more() -> None:
    three = draft(DraftTerm("a", {"en": "Apples"}, broader="b"), DraftTerm("b", {"en": "Bread"}, broader="c"))
    assert Found(Fault.BAD_GROUP, "a") in faults(OLD, three, must_stay=())
    group = draft(
        DraftTerm("a", {"en": "Apples"}, broader="b"), DraftTerm("c", {"en": "C"}, retired=True, replaced_by="b")
    )
    assert Found(Fault.BAD_SUCCESSOR, "c") in faults(OLD, group, must_stay=())
    assert Found(Fault.MUST_STAY, "b") in faults(OLD, group, must_stay={"b"})
    gone = [DraftTerm(one.code, one.labels, retired=True, ends=True) for one in OLD]
    assert Found(Fault.EMPTY) in faults(OLD, gone, must_stay=())


@given(st.text(max_size=60), st.sets(st.text(max_size=20), max_size=5))
def test_a_new_code_is_a_slug_that_nobody_used(label: str, used: set[str]) -> None:
    first = drafts.new_code(label, used)
    second = drafts.new_code(label, {*used, first})
    assert first != second
    assert first.startswith("own-")
    assert len(second) <= 50
    assert set(second) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_moving_loses_no_term(codes: list[str], ups: list[bool]) -> None:
    made = draft(DraftTerm("c", {"en": "Cheese"}, retired=True, ends=True))
    for code, up in zip(codes, ups, strict=False):
        made = drafts.moved(made, code, up=up)
    assert sorted(one.code for one in made) == ["a", "b", "c"]
    assert made[-1].code == "c"


def test_a_draft_is_kept_as_it_is_and_says_which_labels_it_lacks() -> None:
    made = draft(DraftTerm("c", {"en": "Cheese"}, retired=True, ends=True))
    assert drafts.from_rows(drafts.as_rows(made)) == made
    assert drafts.missing_labels(made, ["en", "nb"]) == {"nb": ["b"]}
    assert [one.code for one in drafts.without(made, "a")] == ["b", "c"]


def test_from_the_first_day_of_an_own_version_no_shared_one_holds() -> None:
    shared = [
        Version("s1", D(2018, 1, 1), D(2023, 3, 31)),
        Version("s2", D(2023, 4, 1), None),
        Version("s3", D(2027, 1, 1), None),
    ]
    own = [Version("o1", D(2026, 1, 1), D(2026, 6, 30), True), Version("o2", D(2026, 7, 1), None, True)]
    found = held(shared, own)
    assert [one.code for one in found] == ["s1", "s2", "o1", "o2"]
    assert [one.valid_to for one in found] == [D(2023, 3, 31), D(2025, 12, 31), D(2026, 6, 30), None]
    assert held(shared, []) == shared
    for day in (D(2020, 1, 1), D(2025, 12, 31), D(2026, 1, 1), D(2030, 1, 1)):
        assert sum(one.holds_on(day) for one in found) == 1


@given(st.dates(D(2000, 1, 1), D(2090, 1, 1)))
def test_a_quarter_is_proposed_that_is_not_over(day: dt.date) -> None:
    found = quarter_after(day)
    assert (found.day, found.month % 3) == (1, 1)
    assert dt.timedelta() <= found - day < dt.timedelta(days=92)


def test_where_a_term_counts() -> None:
    followed = {"old": "new", "own-x": "old", "own-y": "", "ring": "gnir", "gnir": "ring"}
    assert in_version("old", {"old"}, followed) == "old"
    assert in_version("own-x", {"new"}, followed) == "new"
    assert in_version("own-y", {"new"}, followed) == in_version("ring", {"new"}, followed) == ""
    assert laid_over({"a": "1", "b": "2"}, {"a": "3", "b": "", "c": "4"}) == {"a": "3", "c": "4"}
    found = by_standard({"new", "own-y", "own-z"}, {"own-y": "new"}, {"new": "violence"}, {"own-z": "new"})
    assert found == {"new": "violence", "own-y": "violence", "own-z": "violence"}
