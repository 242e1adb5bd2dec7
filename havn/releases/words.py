"""Periods, reasons and intervals in the reader's words."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.dates import day
from havn.common.language import reader_language
from havn.releases.models import LICENCE
from havn.releases.rules.periods import slug_of
from havn.releases.rules.sensitivity import BEFORE, CHANGE, FEW, LARGE, PROTECTS, REST, SMALL


def number(value: int) -> str:
    """ "12,345" as the reader's language groups digits."""
    return format_decimal(value, locale=reader_language().split("-")[0])


def period(first: dt.date, last: dt.date) -> str:
    """ "2026", "2026, quarter 1", or two days."""
    slug = slug_of(first, last)
    year, _dash, quarter = slug.partition("-q")
    if quarter:
        return _("%(year)s, quarter %(quarter)s") % {"year": year, "quarter": quarter}
    if slug == f"{first:%Y}":
        return slug
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def why(code: str, threshold: int) -> str:
    """Why a number is left out."""
    told: Mapping[str, Callable[[], str]] = {
        SMALL: lambda: _("It is below %(threshold)s.") % {"threshold": threshold},
        FEW: lambda: _("Fewer than three centres gave to it."),
        LARGE: lambda: _("One centre gave more than 75 per cent of it."),
        REST: lambda: (
            _("Without the largest centre's own number it is below %(threshold)s.") % {"threshold": threshold}
        ),
        BEFORE: lambda: _("An earlier release left it out."),
        CHANGE: lambda: _("An earlier release showed nearly the same number: the difference would be a small one."),
        PROTECTS: lambda: _("It would give another number back."),
    }
    return told[code]() if code in told else code


def interval(low: int, high: int | None) -> str:
    """What a reader can work out of a number that is left out."""
    if high is None:
        return _("%(low)s or more") % {"low": number(low)}
    return _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def refusal(refused: Mapping[str, Any], threshold: int) -> str:
    """Why what was prepared cannot be published, and what to do."""
    told: Mapping[str, Callable[[], str]] = {
        "nothing": lambda: _("There is nothing to count in this period."),
        "gone": lambda: _("The figures of this dataset cannot be counted on this installation any more."),
        "same": lambda: _("The figures are the same as those that are published. There is nothing to correct."),
        "too-much": lambda: _(
            "Too many tables of this period are published to work out what they tell together. "
            "Publish a table with fewer dimensions."
        ),
        "mismatch": lambda: _(
            "A table that is published divides the same thing in another way, so the two cannot be compared safely."
        ),
        "not-safe": lambda: _(
            "Together with what is published already, readers could work out a number below %(threshold)s, "
            "whatever this release leaves out. Publish a longer period instead, or wait for the next one."
        ) % {"threshold": threshold},
    }  # fmt: skip
    return told[str(refused.get("code"))]()


def left_out(many: int, of_all: int) -> str:
    """How many numbers of a table are hidden."""
    sentence = ngettext("%(many)s of %(all)s numbers is hidden.", "%(many)s of %(all)s numbers are hidden.", many)
    return sentence % {"many": number(many), "all": number(of_all)}


def licence(address: str) -> str:
    """What a licence is called."""
    return "CC BY 4.0" if address == LICENCE else address
