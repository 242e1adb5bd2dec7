"""Tables of talks for open data come out of the roll-up: by reason and age, by reason and channel."""

import datetime as dt

import pytest

from havn.helpline import release_tables
from havn.helpline.actions.vocabularies import load_vocabularies
from havn.releases.registry import sources_for
from havn.releases.rules.tables import ALL
from havn.statistics.api import add
from havn.statistics.rules.periods import Kind, period_of
from havn.tenancy.models import Service
from havn.vocabularies import api as vocabularies
from tests.tenancy.factories import make_centre, make_service

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 2, 10)
QUARTER = period_of(Kind.QUARTER, DAY)


@pytest.fixture
def service() -> Service:
    load_vocabularies()
    found = make_service()
    version = vocabularies.versions_of("reason")[-1].code
    codes = [term.code for term in vocabularies.terms_in(version)]
    one, two = f"{version}:{codes[0]}", f"{version}:{codes[1]}"
    add(
        service_id=found.pk,
        day=DAY,
        cells={
            ("contacts", "chat/answered/online", "all"): 12,
            ("contacts", "phone/answered/offline", "all"): 7,
            ("contacts", "chat/left/unknown", "all"): 40,
            ("reason", "chat/answered/online", one): 12,
            ("reason", "phone/answered/offline", two): 7,
            ("reason-age", "chat/answered/online", f"{one}|12-14"): 9,
            ("reason-age", "chat/answered/online", f"{one}|9-11"): 3,
            ("reason-age", "phone/answered/offline", f"{two}|unknown"): 7,
        },
    )
    return found


def test_talks_by_reason_and_age(service: Service) -> None:
    table = release_tables.by_age(service.organisation.centre, QUARTER)
    assert table is not None
    reasons, ages = table.dimensions
    assert reasons.key.startswith("reason.") and ages.key == "age"
    first, second = reasons.leaves[:2]
    assert table.counts == {(first, "12-14"): 9, (first, "9-11"): 3, (second, "unknown"): 7}
    assert table.whole[ALL, ALL] == 19
    assert ages.leaves == ("under-9", "9-11", "12-14", "15-18", "over-18", "unknown")
    assert ages.label("unknown") == "Not known"


def test_talks_by_reason_and_channel_have_the_same_reasons(service: Service) -> None:
    centre = service.organisation.centre
    table, by_age = release_tables.by_channel(centre, QUARTER), release_tables.by_age(centre, QUARTER)
    assert table is not None and by_age is not None
    first, second = table.dimensions[0].leaves[:2]
    assert table.counts == {(first, "chat"): 12, (second, "phone"): 7}
    # One margin, so that both are audited together.
    assert table.dimensions[0] == by_age.dimensions[0]
    for reason in table.dimensions[0].codes:
        assert table.whole[reason, ALL] == by_age.whole[reason, ALL]


def test_a_period_without_talks_is_no_table(service: Service) -> None:
    later = period_of(Kind.QUARTER, dt.date(2026, 8, 1))
    assert release_tables.by_age(service.organisation.centre, later) is None
    assert release_tables.by_channel(service.organisation.centre, later) is None


def test_another_centres_talks_are_not_counted(service: Service) -> None:
    other = make_service(centre=make_centre(host=None)).organisation.centre
    assert release_tables.by_age(other, QUARTER) is None


def test_they_are_offered_to_centres_with_a_helpline(service: Service) -> None:
    keys = [one.key for one in sources_for(service.organisation.centre)]
    assert keys == ["helpline.reason-age", "helpline.reason-channel"]
    assert sources_for(make_centre(host=None)) == []
    assert all(one.title() and one.about().endswith(".") for one in sources_for(service.organisation.centre))
