"""One section a page: which pages a child sees, and what stands on them."""

from havn.forms.api import check, parse
from havn.surveys.rules.paging import before, next_after, page_of, pages_of
from tests.surveys.factories import definition

FORM = parse(definition())


def _shown(**answers: object) -> frozenset[str]:
    return check(FORM, answers, final=False).shown


def test_a_part_for_some_is_a_page_for_them_only() -> None:
    assert [page.key for page in pages_of(FORM, _shown(age="young"))] == ["who", "play"]
    assert [page.key for page in pages_of(FORM, _shown(age="older"))] == ["who", "play", "older"]


def test_what_its_own_page_decides_stays_a_condition() -> None:
    page = page_of(FORM, FORM.by_key["play"], _shown())
    assert page.questions["where"].show_if is not None
    assert [section.key for section in page.sections] == ["play"]
    assert set(page.order) == {"play", "plays", "where", "likes"}


def test_what_an_earlier_page_decided_is_decided() -> None:
    raw = definition()
    raw["sections"][1]["questions"][0]["show_if"] = 'gender == "girl"'
    form = parse(raw)
    shown = check(form, {"gender": "girl"}, final=False).shown
    assert page_of(form, form.by_key["play"], shown).questions["plays"].show_if is None
    hidden = check(form, {"gender": "boy"}, final=False).shown
    assert "plays" not in page_of(form, form.by_key["play"], hidden).questions


def test_pages_follow_one_another() -> None:
    pages = pages_of(FORM, _shown(age="older"))
    assert next_after(pages, "who") is pages[1]
    assert next_after(pages, "older") is None
    assert next_after(pages, "nowhere") is None
    assert before(pages, "play") is pages[0]
    assert before(pages, "who") is None
