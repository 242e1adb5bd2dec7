"""Times, places, languages and audiences in the reader's words."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.dates import weekday_and_day
from havn.common.language import reader_language
from havn.events.models import Event
from havn.tenancy.models import Centre
from havn.vocabularies.api import label_of, term_of, terms_of

# The languages of the European Union, and those of its neighbours in the network.
LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nb",
    "nl", "nn", "pl", "pt", "ro", "sk", "sl", "sv", "uk",
)  # fmt: skip


def reader() -> str:
    """The reader's language."""
    return reader_language().split("-")[0]


def when(event: Event, *, with_zone: bool = True) -> str:
    """ "Tuesday 9 February 2027, 14:00–15:30, Oslo time": on the organiser's clocks."""
    zone = ZoneInfo(event.zone)
    start, end = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    first = f"{weekday_and_day(start.date())}, {start:%H:%M}"
    text = (
        f"{first}–{end:%H:%M}"
        if start.date() == end.date()
        else f"{first} – {weekday_and_day(end.date())}, {end:%H:%M}"
    )
    return f"{text}, {clocks_of(event.zone)}" if with_zone else text


def until(moment: dt.datetime, zone: str) -> str:
    """ "Friday 5 February 2027, 17:00" on the clocks of `zone`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{weekday_and_day(local.date())}, {local:%H:%M}"


def clocks_of(zone: str) -> str:
    """Whose clocks: "Oslo time"."""
    if "/" not in zone:
        return zone
    return _("%(city)s time") % {"city": zone.rpartition("/")[2].replace("_", " ")}


def where(event: Event) -> str:
    """The place, online, or both."""
    if event.place and event.is_online:
        return _("%(place)s, and online") % {"place": event.place}
    return event.place or _("Online")


def language_name(code: str) -> str:
    """The name of a language in the reader's; its code when nobody knows it."""
    try:
        return Locale.parse(code).get_display_name(reader()) or code
    except (UnknownLocaleError, ValueError):
        return code


def language_choices() -> list[tuple[str, str]]:
    """Languages that an event may be in, by name."""
    return sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda one: one[1])


def audience_choices() -> list[tuple[str, str]]:
    """Codes and names of the audiences of today's vocabulary."""
    return [(term.code, label_of(term, reader()).text) for term in terms_of("audience", on=now().date())]


def audience_name(code: str) -> str:
    """The name of an audience, also of one that is in the vocabulary no longer."""
    term = term_of("audience", code)
    return label_of(term, reader()).text if term else code


def country_or_name(centre: Centre) -> str:
    """How somebody finds their own centre in a list: by country."""
    country = Locale.parse(reader()).territories.get(centre.country_code)
    return f"{country}: {centre.name}" if country else centre.name


def state_name(state: str) -> str:
    """The state of an event on the desk."""
    names = {
        Event.State.DRAFT: _("Draft"),
        Event.State.PUBLISHED: _("Published"),
        Event.State.CANCELLED: _("Cancelled"),
    }
    return names[Event.State(state)]
