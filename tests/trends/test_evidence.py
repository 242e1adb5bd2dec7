"""Quarters as evidence: a country points at its own and at what the network has published, and at no other's."""

import pytest

from havn.activities.api import evidence_kinds
from havn.tenancy.models import Centre
from havn.trends.models import Article
from tests.trends.factories import BEFORE, NOW, four_countries, report

pytestmark = pytest.mark.django_db


def titles(code: str, centre: Centre) -> list[str]:
    kind = next(one for one in evidence_kinds() if one.code == code)
    return [one.title for one in kind.things_of(centre)]


def published(network: Centre, quarter: object, state: str = "published") -> None:
    moment = "2026-11-01T12:00:00Z" if state == "published" else None
    Article.objects.create(
        centre=network, quarter=str(quarter), state=state, figures={"total": 11_000}, figures_at="2026-11-01T12:00:00Z",
        published_at=moment,
    )  # fmt: skip


def figures(code: str, centre: Centre) -> dict[str, str]:
    kind = next(one for one in evidence_kinds() if one.code == code)
    return {one.title: one.figure for one in kind.things_of(centre)}


def test_a_country_points_at_its_own_accepted_quarters_and_no_others(norway: Centre, denmark: Centre) -> None:
    report(norway, NOW, total=40)
    report(denmark, BEFORE, total=40)
    assert titles("own-quarter", norway) == ["third quarter of 2026"]
    kind = next(one for one in evidence_kinds() if one.code == "own-quarter")
    thing = kind.thing(norway, NOW.place)
    assert thing is not None and thing.url.endswith(f"/desk/trends?quarter={NOW}")
    assert (thing.day, thing.figure) == (NOW.last, "")
    assert kind.thing(norway, BEFORE.place) is None


def test_of_the_network_a_country_points_at_what_is_published(network: Centre, norway: Centre) -> None:
    four_countries()
    published(network, NOW)
    published(network, BEFORE, state="draft")
    assert titles("quarter", norway) == ["third quarter of 2026"]
    assert len(titles("quarter", network)) == 3


def test_only_a_total_that_is_published_goes_with_a_quarter(network: Centre, norway: Centre, denmark: Centre) -> None:
    """Not even the network has the sum of what one helpline or two have told: it would be published with a chapter."""
    report(norway, NOW, total=40)
    report(denmark, BEFORE, total=40)
    assert set(figures("own-quarter", norway).values()) == {""}
    assert figures("quarter", network) == {"third quarter of 2026": "", "second quarter of 2026": ""}
    published(network, NOW)
    published(network, BEFORE, state="draft")
    assert figures("quarter", network) == {"third quarter of 2026": "11,000 contacts", "second quarter of 2026": ""}
    assert figures("quarter", norway) == {"third quarter of 2026": "11,000 contacts"}
    assert set(figures("own-quarter", norway).values()) == {""}
