"""Periods, reasons and intervals in the reader's words."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
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
        "nothing": lambda: _(
            "There is nothing to count in this period, or it is not whole: a quarter of it is missing, or its list "
            "changed in between."
        ),
        "few-changed": lambda: _(
            "Since these days were published, fewer than three centres came, went or changed their figures, or one did "
            "so nearly alone. The difference would be their own numbers. Publish it when more have changed."
        ),
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
    sentence = told[str(refused.get("code"))]()
    names = [str(one["name"]) for one in refused.get("cells", ()) if "name" in one]
    return (
        _("%(sentence)s It is about: %(names)s.") % {"sentence": sentence, "names": ", ".join(names)}
        if names
        else sentence
    )


def left_out(many: int, of_all: int) -> str:
    """How many numbers of a table are hidden."""
    sentence = ngettext("%(many)s of %(all)s numbers is hidden.", "%(many)s of %(all)s numbers are hidden.", many)
    return sentence % {"many": number(many), "all": number(of_all)}


def who_gave(names: Sequence[str], asked: int | None) -> str:
    """Who gave to a table of the network; "" for a table of one centre, and where nobody says."""
    if not names:
        return ""
    if asked is None:
        return _("Centres that gave figures: %(names)s") % {"names": ", ".join(names)}
    sentence = ngettext(
        "%(many)s of the %(asked)s centres that were asked gave figures: %(names)s",
        "%(many)s of the %(asked)s centres that were asked gave figures: %(names)s",
        len(names),
    )
    return sentence % {"many": number(len(names)), "asked": number(asked), "names": ", ".join(names)}


def licence(address: str) -> str:
    """What a licence is called."""
    return "CC BY 4.0" if address == LICENCE else address
