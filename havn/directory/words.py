"""The directory in a person's words: how sure, how old, when open, and what is not known. Whole sentences."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from havn.centres.api import (
    Channel,
    Hours,
    Schedule,
    StaffGroup,
    WeeklyHours,
    channel_name,
    hours_words,
    opening_words,
)
from havn.common.language import reader_language
from havn.directory.countries import country_name, language_name
from havn.directory.listing import EntryNow, PointNow
from havn.directory.models import Doubt, Entry, PublishedHours
from havn.directory.rules import topics
from havn.directory.rules.checks import Finding
from havn.directory.rules.hours import holidays_said, is_always, usual_week, zone_of
from havn.tenancy.models import Service


def age_words(entry: EntryNow) -> str:
    """How sure the entry is: who confirmed it when, or since when nobody has."""
    known = entry.freshness
    if known.confirmed_at is None:
        month = month_words(entry.source_date)
        return (
            _("Nobody has confirmed this since %(month)s.") % {"month": month}
            if month
            else _("Nobody has confirmed this yet.")
        )
    date = date_format(known.confirmed_at.astimezone(zone_of(entry.centre.time_zone)), "DATE_FORMAT")
    values = {"organisation": entry.confirmed_by, "date": date}
    if known.state == "changed":
        return _("Changed since %(organisation)s confirmed it on %(date)s.") % values
    if known.state == "expired":
        return _("Nobody has confirmed this since %(date)s.") % values
    return _("Confirmed by %(organisation)s on %(date)s.") % values


def try_words(entry: EntryNow) -> str:
    """What to do with an entry that nobody has confirmed lately."""
    ways = {point.channel for point in entry.points if point.known}
    if Channel.PHONE in ways:
        return _("Call and see.")
    if ways & {Channel.CHAT, Channel.TEXT, Channel.WHATSAPP, Channel.TELEGRAM}:
        return _("Write and see.")
    return _("Look for yourself.") if ways else ""


def month_words(text: str) -> str:
    """ "2024-10" as "October 2024", "2024" as it is, "" as ""."""
    year, _hyphen, month = text.partition("-")
    if not month:
        return year
    return date_format(dt.date(int(year), int(month), 1), "F Y")


def now_words(point: PointNow, zone: str, now: dt.datetime, *, certain: bool) -> str:
    """Whether somebody answers now; "" for what is answered later. Nothing uncertain is said as certain."""
    if not point.timed:
        return ""
    if point.opening is None:
        return _("We don't know when it is open.")
    words = opening_words(point.opening, zone, now)
    if certain or point.opening.why == "demo":
        return words
    return _("%(words)s, as far as we know") % {"words": words}


def usual_hours(point: PointNow, zone: str, today: dt.date) -> list[str]:
    """The usual hours, each line with whose they are where that is said."""
    if point.schedule is not None:
        words = hours_words(point.schedule, today)
        return [words] if words else []
    return [hours_line(hours, zone, today) for hours in point.hours]


def hours_line(hours: PublishedHours, zone: str, today: dt.date) -> str:
    """One published rule in words, or the words that are all that is known."""
    if not hours.rule:
        return _("Only this is known: %(words)s") % {"words": hours.words}
    line = rule_words(hours.rule, zone, today)
    behind = [
        language_name(hours.language, reader_language()) if hours.language else "",
        staff_words(hours.staff_group),
        _("as printed: %(where)s") % {"where": hours.published} if hours.published else "",
    ]
    said = ", ".join(part for part in behind if part)
    return f"{line} ({said})" if said else line


def rule_words(rule: str, zone: str, today: dt.date) -> str:
    """An opening_hours rule in words: the usual week, and what holds on public holidays."""
    if is_always(rule):
        return _("Day and night, every day")
    monday = today - dt.timedelta(days=today.weekday())
    times = tuple(WeeklyHours(one.weekday, Hours(one.opens, one.closes)) for one in usual_week(rule, monday))
    words = hours_words(Schedule(zone=zone, weekly=times), today) or rule
    holidays = holidays_said(rule)
    if holidays == "closed":
        return _("%(hours)s; closed on public holidays") % {"hours": words}
    if holidays == "own":
        return (
            _("%(hours)s; on public holidays as printed: %(rule)s") % {"hours": words, "rule": rule}
            if (";" in rule)
            else _("%(hours)s; also on public holidays") % {"hours": words}
        )
    return words


def staff_words(group: str) -> str:
    """Who answers; "" when not known."""
    names = {
        StaffGroup.VOLUNTEERS: _("volunteers answer"),
        StaffGroup.PROFESSIONALS: _("professionals answer"),
        StaffGroup.POLICE: _("the police answer"),
    }
    return names[StaffGroup(group)] if group else ""


def clock_words(entry: EntryNow, home_zone: str, now: dt.datetime) -> str:
    """Whose clock the hours are on, where it shows another time than the clock here."""
    there, here = (now.astimezone(zone_of(zone)).utcoffset() for zone in (entry.centre.time_zone, home_zone))
    if there == here:
        return ""
    country = country_name(entry.centre.country_code, reader_language())
    return _("Times are those of the clock in %(country)s.") % {"country": country}


def languages_words(entry: EntryNow) -> str:
    """In which languages somebody answers, said as what it is: stated, or assumed."""
    language = reader_language()
    names = ", ".join(language_name(code, language) for code in entry.languages)
    if entry.service.languages:
        return _("Answers in: %(languages)s") % {"languages": names}
    return _("Most likely answers in: %(languages)s. Nobody has told us.") % {"languages": names} if names else ""


def audiences_words(entry: EntryNow) -> str:
    """For whom."""
    if not entry.audiences:
        return _("Nobody has told us for whom it is.")
    return _("For: %(audiences)s") % {"audiences": ", ".join(audience_name(code) for code in entry.audiences)}


def audience_name(code: str) -> str:
    """For whom a service is, as a word in a sentence."""
    names = {
        Service.Audience.CHILDREN: _("children and young people"),
        Service.Audience.PARENTS: _("parents"),
        Service.Audience.PROFESSIONALS: _("people who work with children"),
    }
    return names[Service.Audience(code)]


def ages_words(entry: Entry) -> str:
    """The ages it is for; "" when not known."""
    values = {"first": entry.ages_from, "last": entry.ages_to}
    if entry.ages_from is not None and entry.ages_to is not None:
        return _("From %(first)s to %(last)s years") % values
    if entry.ages_to is not None:
        return _("Up to %(last)s years") % values
    return _("From %(first)s years") % values if entry.ages_from is not None else ""


def free_words(free: bool | None) -> str:
    """Whether it costs something."""
    return {True: _("Free"), False: _("It costs something"), None: _("We don't know what it costs.")}[free]


def anonymous_words(anonymous: bool | None) -> str:
    """Whether one must say who one is."""
    return {
        True: _("You don't have to say who you are"),
        False: _("You must say who you are"),
        None: _("We don't know whether you must say who you are."),
    }[anonymous]


def inhope_words(inhope: bool | None) -> str:
    """Whether the hotline is a member of INHOPE."""
    return {
        True: _("Member of INHOPE, the network of hotlines"),
        False: _("Not a member of INHOPE"),
        None: _("We don't know whether it is a member of INHOPE."),
    }[inhope]


def hotline_kind_words(kind: str) -> str:
    """Who runs a hotline; "" when not known."""
    names = {
        Entry.HotlineKind.ASSOCIATION: _("Run by an association"),
        Entry.HotlineKind.POLICE: _("Run by the police"),
        Entry.HotlineKind.LINK: _("Only a link: reports are taken elsewhere"),
    }
    return names[Entry.HotlineKind(kind)] if kind else ""


def topic_name(code: str) -> str:
    """What a line is about."""
    names = {
        topics.BULLYING: _("bullying"),
        topics.GROOMING: _("an adult who wants too much"),
        topics.IMAGES: _("pictures of me that others have"),
        topics.EXTORTION: _("threats and blackmail"),
        topics.SCAMS: _("being tricked or cheated"),
        topics.HATE: _("hate speech"),
        topics.HARMFUL: _("harmful content"),
        topics.MISSING: _("a child who is missing"),
        topics.ABUSE_MATERIAL: _("child sexual abuse material"),
    }
    return names[code]


def doubt_words(doubt: Doubt) -> str:
    """What is not sure. What somebody wrote to report a fault is for the desk alone."""
    if doubt.kind == Doubt.Kind.REPORTED:
        return _("Somebody told us that something here is wrong. We are looking into it.")
    if doubt.kind == Doubt.Kind.CONFLICT:
        return _("Sources say different things: %(words)s") % {"words": doubt.words}
    sentences = {
        "number": _("There is a phone, but we don't know its number."),
        "name": _("We don't know what it is called."),
        "operator": _("We don't know who runs it."),
        "days": _("The days are not certain. A source says: %(words)s") % {"words": doubt.words},
        "hours": _("The hours may be old. Printed: %(words)s") % {"words": doubt.words},
        "helpline": _("We don't know of a helpline here. A source says: %(words)s") % {"words": doubt.words},
    }
    return sentences.get(doubt.about) or doubt.words


def finding_words(finding: Finding) -> str:
    """What a machine check found."""
    value = channel_name(finding.value) if finding.value in Channel.values else finding.value
    sentences = {
        "no-way": _("There is no number, address or page at all."),
        "no-address": _("%(value)s: nobody told the number or address."),
        "number-unreadable": _("%(value)s is not a number."),
        "number-not-of-country": _("%(value)s is not a number of this country."),
        "number-unknown-short": _("%(value)s is not in the list of this country's short numbers. Try it."),
        "hours-unreadable": _("The hours %(value)s cannot be read."),
        "hours-missing": _("%(value)s: no certain hours."),
        "languages-missing": _("No languages are stated."),
        "audiences-missing": _("Nobody said for whom it is."),
        "free-missing": _("Nobody said whether it is free."),
        "anonymous-missing": _("Nobody said whether one may stay anonymous."),
        "inhope-missing": _("Nobody said whether it is a member of INHOPE."),
        "conflicts": _("Open doubts to settle: %(value)s"),
        "expired": _("The last confirmation is too old."),
        "never": _("It was never confirmed."),
        "changed": _("It was changed since it was confirmed."),
    }
    return capfirst(sentences[finding.code] % {"value": value})
