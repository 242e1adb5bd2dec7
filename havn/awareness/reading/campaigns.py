"""What campaigns show: when, how long it still is, and which countries take part. And the same days for calendars."""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Any

import icalendar
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.awareness.models import CampaignCountryPage, CampaignPage, EditorialPage
from havn.awareness.queries import visible_pages
from havn.awareness.reading import dates
from havn.awareness.rules.campaign import Standing, State, standing
from havn.common.dates import day, weekday
from havn.common.language import reader_language
from havn.directory.api import country_name

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_SEARCH = 60
_MAKER = "-//Havn//Campaigns//EN"


@dataclass(frozen=True)
class CountryRow:
    """A country that takes part, by its name in the reader's language."""

    name: str
    page: CampaignCountryPage


def campaign_context(page: EditorialPage, request: HttpRequest) -> dict[str, Any]:
    """For the pages of campaigns, and nothing for any other.

    A campaign: `days`, `standing`, `countdown`, `countries`, `all_countries` (how many there are) and `wanted`.
    A country in one: `campaign`, its `days` and `countdown`, `country_name`, `updated_on`, and
    `dials` (False: a demo writes to nobody).
    """
    if isinstance(page, CampaignPage):
        every = countries_of(page)
        wanted = " ".join(request.GET.get("country", "").replace("\x00", " ").split())[:LONGEST_SEARCH]
        return {
            **when_of(page),
            "countries": [row for row in every if _fits(row, wanted)] if wanted else every,
            "all_countries": len(every),
            "wanted": wanted,
        }
    if isinstance(page, CampaignCountryPage):
        campaign = page.get_parent().specific
        shown = isinstance(campaign, CampaignPage) and visible_pages().filter(pk=campaign.pk).exists()
        moment = page.last_published_at or page.latest_revision_created_at
        return {
            **(when_of(campaign) if shown else {}),
            "campaign": campaign if shown else None,
            "country_name": country_name(page.country, _reader()),
            "updated_on": dates.day_at(page.centre, moment) if moment else None,
            "dials": not settings.DEMO,
        }
    return {}


def countries_of(campaign: CampaignPage) -> list[CountryRow]:
    """The countries whose pages anybody may read, by name."""
    pages = visible_pages().child_of(campaign).type(CampaignCountryPage).specific()
    rows = [CountryRow(country_name(page.country, _reader()), page) for page in pages]
    return sorted(rows, key=lambda row: (_plain(row.name), row.page.pk))


def countdown(found: Standing, last: dt.date, when: str) -> str:
    """How long it still is, as a sentence: "41 days to go", "Today", "Until Friday", "It was on 9 February 2027"."""
    if found.state is State.AHEAD:
        return ngettext("%(number)s day to go", "%(number)s days to go", found.days) % {"number": found.days}
    if found.state is State.TODAY:
        return _("Today")
    if found.state is State.LAST_DAY:
        return _("Today is the last day")
    if found.state is State.UNDER_WAY:
        return _("Until %(day)s") % {"day": weekday(last) if found.ends_this_week else day(last)}
    return _("It was on %(days)s") % {"days": when}


def calendar_of(campaign: CampaignPage, address: str) -> bytes:
    """The campaign's days as iCalendar (RFC 5545): whole days, which belong to no zone and fill nobody's hours."""
    event = icalendar.Event()
    event.add("uid", f"{campaign.translation_key}@campaigns.havn")
    event.add("dtstamp", campaign.last_published_at or campaign.latest_revision_created_at)
    event.add("dtstart", campaign.starts_on)
    # The end of an event of whole days is the first day after it.
    event.add("dtend", campaign.last_day + dt.timedelta(days=1))
    event.add("summary", campaign.title)
    if said := "\n\n".join(part for part in (campaign.slogan, campaign.summary) if part):
        event.add("description", said)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    calendar = icalendar.Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def when_of(campaign: CampaignPage) -> dict[str, Any]:
    """Its `days` in words, its `standing` today, and the `countdown` where it has one."""
    found = standing(campaign.starts_on, campaign.last_day, dates.today_at(campaign.centre))
    when = dates.days(campaign.starts_on, campaign.last_day)
    # How long it still is may be left out; that it is over never is.
    shown = campaign.countdown or found.state is State.OVER
    return {"days": when, "standing": found, "countdown": countdown(found, campaign.last_day, when) if shown else ""}


def _fits(row: CountryRow, wanted: str) -> bool:
    """By its name in the reader's language or in English, by its code, or by who organises it."""
    names = (row.name, country_name(row.page.country, "en"), row.page.title, row.page.organiser)
    plain = _plain(wanted)
    return plain == row.page.country.casefold() or any(plain in _plain(name) for name in names)


def _plain(text: str) -> str:
    """Without the marks above and below letters: "osterreich" finds "Österreich"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _reader() -> str:
    return reader_language()
