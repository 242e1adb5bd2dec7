"""The words of trends: quarters, codes, and numbers as a reader writes them."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from havn.common.language import reader_language
from havn.common.once import once
from havn.trends.rules.network import UNKNOWN
from havn.trends.rules.phrases import Said, Word
from havn.trends.rules.quarters import Quarter, quarter_named
from havn.vocabularies import api as vocabularies


def quarter_label(quarter: Quarter | str) -> str:
    """A quarter by its name."""
    one = quarter_named(quarter) if isinstance(quarter, str) else quarter
    names = {
        1: _("first quarter of %(year)s"),
        2: _("second quarter of %(year)s"),
        3: _("third quarter of %(year)s"),
        4: _("fourth quarter of %(year)s"),
    }
    return names[one.number] % {"year": one.year}


def quarter_short(quarter: Quarter | str) -> str:
    """The same where there is little room: "Q4 2023"."""
    one = quarter_named(quarter) if isinstance(quarter, str) else quarter
    return _("Q%(number)s %(year)s") % {"number": one.number, "year": one.year}


def dimension_label(dimension: str) -> str:
    """What a list of numbers is about."""
    return {
        "total": _("Contacts in all"),
        "reason": _("Reasons"),
        "channel": _("Channels"),
        "person": _("Who made contact"),
        "gender": _("Gender"),
        "place": _("Where online"),
    }.get(dimension, dimension)


def label(dimension: str, code: str) -> str:
    """A code in the reader's language; the code itself when no list knows it."""
    if code == UNKNOWN:
        return _("Not known")
    if (dimension, code) == ("person", "parents-and-teachers"):
        return _("Parents and teachers together")
    labels: dict[str, str] = once(("trends", "labels", dimension, reader_language()), lambda: _labels(dimension))
    return labels.get(code, code)


def _labels(dimension: str) -> dict[str, str]:
    language = reader_language()
    return {
        term.code: str(vocabularies.label_of(term, language))
        for version in vocabularies.versions_of(dimension)
        for term in vocabularies.terms_in(version.code)
    }


def number(value: float | Decimal, places: int = 0) -> str:
    """A number as the reader writes it."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return str(number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True))


def plain(value: float | Decimal) -> str:
    """A number with as many places as it has, two at most."""
    places = next(places for places in (0, 1, 2) if places == 2 or round(float(value), places) == float(value))
    return number(value, places)


def day(value: dt.date) -> str:
    """A day."""
    return date_format(value, "DATE_FORMAT")


def count_phrase(said: Said) -> str:
    """A count with its word: "over 19,000"."""
    words = {
        Word.EXACT: "%(number)s",
        Word.JUST_OVER: pgettext("count", "just over %(number)s"),
        Word.OVER: pgettext("count", "over %(number)s"),
        Word.ALMOST: pgettext("count", "almost %(number)s"),
        Word.JUST_UNDER: pgettext("count", "just under %(number)s"),
        Word.ABOUT: pgettext("count", "about %(number)s"),
    }
    return words[said.word] % {"number": number(said.number)}


def percent_phrase(said: Said) -> str:
    """A share or a change of a count: "almost 16 per cent"."""
    words = {
        Word.EXACT: _("%(number)s per cent"),
        Word.JUST_OVER: _("just over %(number)s per cent"),
        Word.OVER: _("over %(number)s per cent"),
        Word.ALMOST: _("almost %(number)s per cent"),
        Word.JUST_UNDER: _("just under %(number)s per cent"),
        Word.ABOUT: _("about %(number)s per cent"),
        Word.LESS: _("less than %(number)s per cent"),
        Word.MORE: _("more than %(number)s per cent"),
    }
    return words[said.word] % {"number": number(said.number)}


def words_before_numbers() -> set[str]:
    """Every word that a phrase here puts before a number, in the reader's language; of "just over" also "just"."""
    phrases = [percent_phrase(Said(word, 1)) for word in Word]
    phrases += [count_phrase(Said(word, 1)) for word in Word if word not in (Word.LESS, Word.MORE)]
    found = {before for phrase in phrases if (before := phrase.partition(number(1))[0].strip())}
    return found | {long[: -len(short)].strip() for long in found for short in found if long.endswith(f" {short}")}


def points_phrase(value: float) -> str:
    """A difference of two shares, to a tenth of a point, without its sign."""
    return _("%(number)s percentage points") % {"number": number(abs(value), 1)}


def change_in_points(value: float) -> str:
    """The same in a table, with its sign."""
    rounded = round(value, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return sign + number(abs(rounded), 1)


def printed(value: float | Decimal, qualifier: str, dimension: str) -> str:
    """A published figure with the word that was printed before it."""
    text = plain(value) if dimension == "total" else _("%(number)s %%") % {"number": plain(value)}
    words = {
        "exact": "%(figure)s",
        "over": pgettext("figure", "over %(figure)s"),
        "just over": pgettext("figure", "just over %(figure)s"),
        "almost": pgettext("figure", "almost %(figure)s"),
        "just under": pgettext("figure", "just under %(figure)s"),
        "about": pgettext("figure", "about %(figure)s"),
    }
    return words[qualifier] % {"figure": text}


def basis_label(basis: str) -> str:
    """How a published figure is known."""
    return {
        "stated": _("stated in the article of the quarter"),
        "later": _("stated later, in the article of another quarter"),
        "derived": _("derived from what other articles state"),
    }[basis]
