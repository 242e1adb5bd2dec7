"""Published pages as evidence: one for all languages of a page, with its day, its topics and an address on its site."""

import datetime as dt

import pytest
from django.utils.translation import override

from havn.activities.api import evidence_kinds
from tests.awareness.factories import make_article, make_listing, make_site

pytestmark = pytest.mark.django_db


def test_a_page_is_one_thing_in_the_readers_language_with_day_topics_and_address() -> None:
    centre = make_site()
    kind = next(one for one in evidence_kinds() if one.code == "page")
    norwegian = make_article(
        make_listing(centre), title="Om nakenbilder", topics=["ncsii"], published_on=dt.date(2026, 5, 3)
    )
    make_article(make_listing(centre, "en"), title="On nudes", translation_key=norwegian.translation_key)
    with override("nb"):
        (thing,) = kind.things_of(centre)
    assert (thing.number, thing.title, thing.day, thing.topics) == (
        norwegian.pk, "Om nakenbilder", dt.date(2026, 5, 3), ("ncsii",),
    )  # fmt: skip
    assert thing.url.startswith("/nb/")
    with override("en"):
        (thing,) = kind.things_of(centre)
    assert thing.title == "On nudes" and thing.url.startswith("/en/")
    found = kind.thing(centre, norwegian.pk)
    assert found is not None and found.title == "Om nakenbilder"
