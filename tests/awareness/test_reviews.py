"""What must be looked at again is told to those who write, and counted in their menu."""

import datetime as dt

import pytest

from havn.awareness.models import GuidePage
from havn.awareness.rules.reviewing import due_on, is_near, is_past
from havn.common.clock import now
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import _add, make_article, make_listing, make_site

TODAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("review_by", "as_of", "due"),
    [
        (None, None, None),
        (TODAY, None, TODAY),
        (None, dt.date(2025, 3, 1), TODAY),
        (dt.date(2026, 2, 1), dt.date(2025, 3, 1), dt.date(2026, 2, 1)),
        (dt.date(2027, 1, 1), dt.date(2025, 3, 1), TODAY),
    ],
)
def test_the_earlier_day_counts(review_by: dt.date | None, as_of: dt.date | None, due: dt.date | None) -> None:
    assert due_on(review_by, as_of) == due


def test_the_day_itself_is_near_and_not_past() -> None:
    assert not is_past(TODAY, TODAY)
    assert is_past(TODAY - dt.timedelta(days=1), TODAY)
    assert is_near(TODAY + dt.timedelta(days=30), TODAY)
    assert not is_near(TODAY + dt.timedelta(days=31), TODAY)


@pytest.mark.django_db
def test_pages_are_listed_by_organisation_and_those_past_their_day_counted_in_the_menu() -> None:
    centre = make_site()
    listing = make_listing(centre)
    organisation = centre.organisations.get()
    today = now().date()
    make_article(listing, title="Gammel", review_by=today - dt.timedelta(days=3), organisation=organisation)
    make_article(listing, title="Snart", review_by=today + dt.timedelta(days=10))
    make_article(listing, title="Senere", review_by=today + dt.timedelta(days=90))
    make_article(listing, title="Utkast", review_by=today - dt.timedelta(days=3), live=False)
    _add(listing, GuidePage(title="Konsoll", slug="konsoll", as_of=today - dt.timedelta(days=400)), "nb")
    make_article(make_listing(make_site("other.test")), title="Andres", review_by=today - dt.timedelta(days=3))
    client = signed_in_client(make_staff(centre, "editor"))
    text = client.get("/desk/pages/reviews").content.decode()
    assert [title in text for title in ("Gammel", "Snart", "Konsoll", "Senere", "Utkast", "Andres")] == [True] * 3 + [
        False
    ] * 3
    assert "2 pages are past their day." in text
    assert organisation.name in text
    assert "(2)" in text.split("</nav>")[0]
