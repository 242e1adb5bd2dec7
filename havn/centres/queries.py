"""Reads of centres."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

import holidays as public_holidays

from havn.centres.models import ChannelSettings, ContactPoint, OpeningException, OpeningRule
from havn.centres.rules.opening import DateHours, Hours, Schedule, WeeklyHours
from havn.common.language import reader_language
from havn.tenancy.models import Centre, Service


def contact_points_of(centre: Centre) -> list[ContactPoint]:
    """Every contact point of the centre's services, in the centre's order, services and organisations loaded."""
    return list(
        ContactPoint.objects.filter(service__organisation__centre=centre)
        .select_related("service__organisation__centre")
        .order_by("order", "id")
    )


def schedule_of(service: Service, channel: str, today: dt.date) -> Schedule:
    """Everything that decides when a channel is open, with the public holidays around `today`."""
    settings = settings_of(service, channel)
    if settings.always_open:
        return schedule_from(service.organisation.centre, settings, [], [], today)
    rules = OpeningRule.objects.filter(service=service, channel=channel)
    return schedule_from(service.organisation.centre, settings, rules, exceptions_from(service, channel, today), today)


def schedules_of(services: Iterable[Service], today: dt.date) -> dict[tuple[int, str], Schedule]:
    """The schedules of many services in three queries, by service and channel; organisation and centre are loaded.

    A channel without settings and without hours has none.
    """
    known = {service.pk: service for service in services}
    if not known:
        return {}
    settings = {(row.service_id, row.channel): row for row in ChannelSettings.objects.filter(service_id__in=known)}
    rules: dict[tuple[int, str], list[OpeningRule]] = {}
    for rule in OpeningRule.objects.filter(service_id__in=known):
        rules.setdefault((rule.service_id, rule.channel), []).append(rule)
    exceptions: dict[tuple[int, str], list[OpeningException]] = {}
    for row in OpeningException.objects.filter(service_id__in=known, last__gte=today - dt.timedelta(days=7)):
        exceptions.setdefault((row.service_id, row.channel), []).append(row)
    found = {}
    for key in {*settings, *rules, *exceptions}:
        service = known[key[0]]
        how = settings.get(key) or ChannelSettings(service=service, channel=key[1])
        found[key] = schedule_from(service.organisation.centre, how, rules.get(key, []), exceptions.get(key, []), today)
    return found


def settings_of(service: Service, channel: str) -> ChannelSettings:
    """How the channel opens beside its hours; an unsaved row with the defaults when none was made."""
    found = ChannelSettings.objects.filter(service=service, channel=channel).first()
    return found or ChannelSettings(service=service, channel=channel)


def exceptions_from(service: Service, channel: str, today: dt.date) -> list[OpeningException]:
    """The exceptions that may still matter: those whose last date is at most a week ago."""
    past = today - dt.timedelta(days=7)
    return list(OpeningException.objects.filter(service=service, channel=channel, last__gte=past))


def schedule_from(
    centre: Centre,
    settings: ChannelSettings,
    rules: Iterable[OpeningRule],
    exceptions: Iterable[OpeningException],
    today: dt.date,
) -> Schedule:
    """The rows, saved or not, as the rules understand them."""
    as_usual = settings.on_holidays == ChannelSettings.OnHolidays.USUAL
    language = reader_language()
    return Schedule(
        zone=centre.time_zone,
        weekly=tuple(WeeklyHours(r.weekday, Hours(r.opens, r.closes), r.valid_from, r.valid_to) for r in rules),
        exceptions=tuple(
            DateHours(row.first, row.last, _hours(row.opens, row.closes), row.reason) for row in exceptions
        ),
        holidays={} if as_usual else holidays_around(centre.country_code, today.year, language),
        on_holidays=settings.on_holidays,
        holiday_hours=_hours(settings.holiday_opens, settings.holiday_closes),
        always=settings.always_open,
        stop_admitting=dt.timedelta(minutes=settings.stop_admitting_minutes),
    )


def _hours(opens: dt.time | None, closes: dt.time | None) -> Hours | None:
    return None if opens is None or closes is None else Hours(opens, closes)


@lru_cache(maxsize=256)
def holidays_around(country: str, year: int, language: str) -> dict[dt.date, str]:
    """A country's public holidays from the year before to three years after, named in `language` where known.

    A country that the library does not know has none.
    """
    kind = getattr(public_holidays, country.upper(), None)
    if kind is None:
        return {}
    named = {code.split("_")[0]: code for code in kind.supported_languages}
    wanted = named.get({"nb": "no"}.get(language, language.split("-")[0]), named.get("en", kind.default_language))
    return dict(public_holidays.country_holidays(country.upper(), years=range(year - 1, year + 4), language=wanted))
