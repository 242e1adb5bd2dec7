"""The words of reports: titles, labels of codes, numbers and periods as the reader writes them."""

import datetime as dt

from babel import Locale, UnknownLocaleError
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.language import reader_language
from havn.helpline.queries.reports import versions
from havn.helpline.rules.figures import UNKNOWN
from havn.helpline.words_desk import age_band_label, risk_label
from havn.statistics.rules.periods import Kind, Period
from havn.vocabularies import api as vocabularies

MISSING = "–"


def channel_label(code: str) -> str:
    """A channel as staff call it."""
    own = {"chat": _("Chat"), "letter": _("Letter"), "phone": _("Phone"), "mail": _("E-mail")}
    return own.get(code) or term_label("channel", code)


def end_label(code: str) -> str:
    """What became of an attempt."""
    return {
        "answered": _("Answered, with a talk"),
        "without-talk": _("Answered, without a talk"),
        "left": _("Left while waiting"),
        "closed": _("Waiting when we closed"),
        "refused": _("Could not begin"),
    }.get(code, code)


def band_label(code: str) -> str:
    """A band of minutes."""
    return {
        "0-1": _("under 1 minute"),
        "1-5": _("1 to 5 minutes"),
        "5-15": _("5 to 15 minutes"),
        "15-30": _("15 to 30 minutes"),
        "30-60": _("30 to 60 minutes"),
        "60+": _("60 minutes or more"),
    }.get(code, code)


def feedback_label(code: str) -> str:
    """What a child answered when asked whether it helped."""
    return {"3": _("Yes"), "2": _("A little"), "1": _("No")}.get(code, code)


def scope_label(code: str) -> str:
    """Whether a talk was about something online."""
    return {"online": _("About something online"), "offline": _("Not about anything online")}.get(code, _("Not known"))


def label_of(dimension: str, code: str) -> str:
    """A code of any dimension in the reader's language; the code itself when no list knows it."""
    if code == UNKNOWN:
        return _("Not known")
    match dimension:
        case "age":
            return age_band_label(code) or code
        case "risk":
            return risk_label(code) or code
        case "waiting" | "length":
            return band_label(code)
        case "feedback":
            return feedback_label(code)
        case "channel":
            return channel_label(code)
        case "language":
            return language_name(code)
        case "platform":
            return _("Another") if code == "other" else code
        case _:
            return term_label(dimension, code)


def language() -> str:
    """The reader's language."""
    return reader_language()


def term_label(dimension: str, code: str) -> str:
    """A term in the reader's language, as its newest version calls it; the code when no list knows it."""
    for _version, terms in reversed(versions(dimension)):
        if code in terms:
            return str(vocabularies.label_of(terms[code], language()))
    return code


def language_name(code: str) -> str:
    """A language's name in the reader's language."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(language())
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


def four_c_label(code: str) -> str:
    """One of the four kinds of risk: content, contact, conduct, contract."""
    return {
        "content": _("Content: harmful things a child sees"),
        "contact": _("Contact: somebody targets a child"),
        "conduct": _("Conduct: what children do to each other"),
        "contract": _("Contract: a child as a customer"),
    }.get(code, _("None of the four"))


def chi_group_label(code: str) -> str:
    """A group of the child helplines' year."""
    return {
        "missing-children": _("Missing children"),
        "violence": _("Violence"),
        "mental-health": _("Mental health"),
        "physical-health": _("Physical health"),
        "access-to-services": _("Access to services"),
        "discrimination-and-exclusion": _("Discrimination and exclusion"),
        "family-relationships": _("Family relationships"),
        "peer-relationships": _("Peer relationships"),
        "education-and-occupation": _("Education and occupation"),
        "sexuality": _("Sexuality"),
    }.get(code, _("Not in this list"))


def weekdays() -> list[str]:
    """The days of the week, Monday first, short."""
    monday = dt.date(2024, 1, 1)
    return [date_format(monday + dt.timedelta(days=number), "D") for number in range(7)]


def period_label(period: Period) -> str:
    """A period by its name."""
    match period.kind:
        case Kind.DAY:
            return date_format(period.first, "DATE_FORMAT")
        case Kind.WEEK:
            year, week, _day = period.first.isocalendar()
            return _("Week %(week)s of %(year)s") % {"week": week, "year": year}
        case Kind.MONTH:
            return date_format(period.first, "YEAR_MONTH_FORMAT")
        case Kind.QUARTER:
            return _("Quarter %(quarter)s of %(year)s") % {"quarter": period.quarter, "year": period.first.year}
        case Kind.YEAR:
            return str(period.first.year)
        case Kind.SPAN:
            return span_label(period.first, period.last)


def span_label(first: dt.date, last: dt.date) -> str:
    """From a day to a day."""
    days = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
    return _("%(first)s to %(last)s") % days


def kind_labels() -> list[tuple[str, str]]:
    """The kinds of periods for the form."""
    return [
        (Kind.DAY, _("Day")),
        (Kind.WEEK, _("Week")),
        (Kind.MONTH, _("Month")),
        (Kind.QUARTER, _("Quarter")),
        (Kind.YEAR, _("Year")),
        (Kind.SPAN, _("From … to …")),
    ]


def number(value: int | None) -> str:
    """A count with its thousands apart; a dash where there is none."""
    return MISSING if value is None else number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)


def percent(value: float | None) -> str:
    """A share, to one decimal."""
    return MISSING if value is None else _("%(number)s %%") % {"number": decimal(value)}


def change(value: float | None) -> str:
    """A change with its sign, without its unit: the column says which."""
    if value is None:
        return MISSING
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return sign + decimal(abs(value))


def change_in_percent(value: float | None) -> str:
    """By how many per cent a count changed, in a sentence's words."""
    return "" if value is None else _("%(change)s %% against the period before") % {"change": change(value)}


def change_in_points(value: float | None) -> str:
    """By how many percentage points a share changed, in a sentence's words."""
    if value is None:
        return ""
    return _("%(change)s percentage points against the period before") % {"change": change(value)}


def left_out(count: int) -> str:
    """How many numbers a masked file leaves out."""
    return ngettext("%(count)s number is left out.", "%(count)s numbers are left out.", count) % {"count": count}


def decimal(value: float) -> str:
    """To one decimal, as the reader writes it."""
    return number_format(round(value, 1), decimal_pos=1, use_l10n=True, force_grouping=True)
