"""A telephone system that told of calls every day and has stopped is found, and nothing else is."""

import datetime as dt

import pytest

from havn.common.clock import now
from havn.config.keeping import health
from havn.config.keeping.health import Level
from havn.phone.models import Connection
from havn.phone.queries.silence import silent_lines
from havn.phone.rules.silence import has_fallen_silent, open_time
from havn.tenancy.models import Service
from tests.days import ZONE
from tests.helpline.figures import LEFT, contact, helpline

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
DAYS = [dt.date(2026, 5, 4) + number * DAY for number in range(7)]


def test_open_time_is_counted_between_two_moments_alone() -> None:
    noon = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    spans = [(noon - 5 * HOUR, noon - 3 * HOUR), (noon - HOUR, noon + HOUR), (noon + 2 * HOUR, noon + 9 * HOUR)]
    assert open_time(spans, noon, noon + 3 * HOUR) == 2 * HOUR
    assert open_time([], noon, noon + DAY) == dt.timedelta()


@pytest.mark.parametrize(
    ("open_days", "with_calls", "quiet", "always", "silent"),
    [
        (DAYS, DAYS, 4 * HOUR, False, True),
        (DAYS, DAYS, 3.9 * HOUR, False, False),
        (DAYS, DAYS[1:], 9 * HOUR, False, False),
        (DAYS[:5], DAYS[:5], 4 * HOUR, False, True),
        (DAYS[:2], DAYS, 9 * HOUR, False, False),
        (DAYS, DAYS, 20 * HOUR, True, False),
        (DAYS, DAYS, 24 * HOUR, True, True),
    ],
)
def test_what_is_silence(
    open_days: list[dt.date], with_calls: list[dt.date], quiet: dt.timedelta, always: bool, silent: bool
) -> None:
    found = has_fallen_silent(open_days=open_days, days_with_calls=with_calls, quiet_for=quiet, always_open=always)
    assert found is silent


@pytest.fixture
def service(db: None) -> Service:
    """Always open by phone, with calls on each of the seven days before the last event."""
    made = helpline(always_open=("phone",))
    last = now() - 25 * HOUR
    for number in range(1, 8):
        contact(
            made, (last - number * DAY).astimezone(ZONE).date().isoformat(), talk=False, **{**LEFT, "channel": "phone"}
        )
    Connection.objects.create(service=made, last_event_ms=int(last.timestamp() * 1000))
    return made


def test_health_says_which_line_fell_silent(service: Service) -> None:
    assert silent_lines(now()) == [service]
    found = next(one for one in health.findings() if one.name == "Telephone")
    assert found.level is Level.SOON
    assert service.name in found.words
    Connection.objects.filter(pk=service.pk).update(last_event_ms=int((now() - HOUR).timestamp() * 1000))
    assert silent_lines(now()) == []
    assert next(one for one in health.findings() if one.name == "Telephone").level is Level.GOOD


def test_a_line_without_hours_or_history_is_not_silent(service: Service) -> None:
    Connection.objects.filter(pk=service.pk).update(last_event_ms=int((now() - 90 * DAY).timestamp() * 1000))
    assert silent_lines(now()) == []
