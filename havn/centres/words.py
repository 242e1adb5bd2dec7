"""Opening hours in a person's words. Whole sentences, times on a 24-hour clock in the centre's own time zone."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from havn.centres.models import Channel
from havn.centres.rules.opening import Hours, Opening, Schedule
from havn.common.dates import day_and_month
from havn.common.dates import weekday as weekday_in_words

WEEK = 7
# One sentence for each: many languages bend the day's name here.
_ON_A_WEEKDAY = (
    gettext_noop("on Monday at %(time)s"),
    gettext_noop("on Tuesday at %(time)s"),
    gettext_noop("on Wednesday at %(time)s"),
    gettext_noop("on Thursday at %(time)s"),
    gettext_noop("on Friday at %(time)s"),
    gettext_noop("on Saturday at %(time)s"),
    gettext_noop("on Sunday at %(time)s"),
)


def opening_words(opening: Opening, zone: str, now: dt.datetime) -> str:
    """What a person needs to know of a channel now: open until when, or when it opens next."""
    when = _moment(opening.opens_at, zone, now) if opening.opens_at else ""
    closes = _clock(opening.closes_at, zone) if opening.closes_at else ""
    if opening.why == "demo":
        return _("Open now, at all hours, because this is a demonstration")
    if opening.why == "always":
        return _("Open day and night")
    if opening.why == "open":
        return _("Open now, until %(time)s") % {"time": closes}
    if opening.why == "closing":
        return _closing(closes, when)
    if opening.why == "staff":
        return _("There are too few of us here just now. It opens again as soon as there are more.")
    if opening.why == "never":
        return _("Closed for now")
    if opening.why in {"exception", "holiday"} and opening.reason:
        return _("Closed today: %(reason)s. Opens %(when)s") % {"reason": opening.reason, "when": when}
    return _("Opens %(when)s") % {"when": when}


def _closing(closes: str, when: str) -> str:
    if not when:
        return _("Closes at %(time)s and takes no one new before that") % {"time": closes}
    words = _("Closes at %(time)s and takes no one new before that. Opens again %(when)s")
    return words % {"time": closes, "when": when}


def _clock(moment: dt.datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _moment(moment: dt.datetime, zone: str, now: dt.datetime) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    days = (local.date() - now.astimezone(ZoneInfo(zone)).date()).days
    values = {"time": local.strftime("%H:%M"), "date": day_and_month(local.date())}
    if days == 0:
        return _("today at %(time)s") % values
    if days == 1:
        return _("tomorrow at %(time)s") % values
    if days < WEEK:
        return _(_ON_A_WEEKDAY[local.weekday()]) % values
    return _("on %(date)s at %(time)s") % values


def hours_words(schedule: Schedule, today: dt.date) -> str:
    """The usual week in a few words: "Every day 14:00–22:00". Empty when no hours are set."""
    if schedule.always:
        return _("Day and night, every day")
    days = {
        weekday: tuple(
            sorted(
                (rule.hours for rule in schedule.weekly if rule.weekday == weekday and rule.holds_on(today)),
                key=lambda hours: hours.opens,
            )
        )
        for weekday in range(WEEK)
    }
    runs: list[tuple[int, int, tuple[Hours, ...]]] = []
    for weekday, hours in days.items():
        if runs and runs[-1][2] == hours and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday, hours)
        else:
            runs.append((weekday, weekday, hours))
    return capfirst("; ".join(_run(first, last, hours) for first, last, hours in runs if hours))


def _run(first: int, last: int, hours: tuple[Hours, ...]) -> str:
    times = ", ".join(f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in hours)
    values = {"first": weekday_name(first), "last": weekday_name(last), "times": times}
    if (first, last) == (0, WEEK - 1):
        return _("Every day %(times)s") % values
    if first == last:
        return _("%(first)s %(times)s") % values
    return _("%(first)s to %(last)s %(times)s") % values


def weekday_name(weekday: int) -> str:
    """The day's name in the language of the page; Monday is 0."""
    return weekday_in_words(dt.date(2024, 1, 1) + dt.timedelta(days=weekday))


def channel_name(channel: str) -> str:
    """The channel's name in the reader's language."""
    names = {
        Channel.CHAT: _("Chat"),
        Channel.PHONE: _("Phone"),
        Channel.LETTER: _("Letter"),
        Channel.TEXT: _("Text message"),
        Channel.REPORT: _("Report"),
        Channel.MAIL: _("E-mail"),
        Channel.PAGE: _("Website"),
        Channel.FORM: _("Form on the web"),
        Channel.FORUM: _("Forum"),
        Channel.WHATSAPP: _("WhatsApp"),
        Channel.TELEGRAM: _("Telegram"),
        Channel.APP: _("App"),
        Channel.VISIT: _("Meeting in person"),
    }
    return names[Channel(channel)]
