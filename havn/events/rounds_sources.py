"""Figures of events for the forms of rounds."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.dates import day
from havn.common.once import once
from havn.events.api import Held, held_events
from havn.rounds.api import Found, Source, register_source
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre


def register() -> None:
    """Fill the registry of rounds. Called from AppConfig.ready()."""
    register_source(Source("events.held", partial(str, gettext_lazy("Events that were held")), _held))
    register_source(Source("events.attended", partial(str, gettext_lazy("Guests ticked at events")), _attended))


def _held(centre: Centre, period: Period) -> Found | None:
    events = _events(centre, period)
    return _found(len(events), period) if events else None


def _attended(centre: Centre, period: Period) -> Found | None:
    events = _events(centre, period)
    return _found(sum(one.attended for one in events), period) if events else None


def _events(centre: Centre, period: Period) -> list[Held]:
    def read() -> list[Held]:
        return [one for one in held_events(centre) if period.first <= one.starts_on <= period.last]

    return once(("events for rounds", centre.pk, period), read)


def _found(value: int, period: Period) -> Found:
    said = _("From your events, %(first)s to %(last)s.") % {"first": day(period.first), "last": day(period.last)}
    return Found(value, said, reverse("events:desk"))
