"""Kinds, groups, days and numbers in the reader's words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.activities.models import Basis, Group, Kind, Measure, PeriodReport
from havn.activities.rules.totals import Count
from havn.common.clock import now
from havn.common.countries import country_name as country_name
from havn.common.dates import day
from havn.common.language import reader_language
from havn.tenancy.models import Centre
from havn.vocabularies.api import label_of, term_of, terms_of


def reader() -> str:
    """The language of whoever reads: of the page, or of the report while one is written."""
    return reader_language().split("-")[0]


def days(first: dt.date, last: dt.date) -> str:
    """A day, or "1 April 2022 to 31 March 2024"."""
    if first == last:
        return day(first)
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def number(value: int) -> str:
    """ "12,345" as the reader's language groups digits."""
    return format_decimal(value, locale=reader())


def hours(value: Decimal | None) -> str:
    """ "12.5"; a dash for what nobody noted."""
    return "–" if value is None else format_decimal(value.normalize(), "#,##0.##", locale=reader())


def euro(value: Decimal | None) -> str:
    """ "€1,200.00"; a dash for what nobody noted."""
    return "–" if value is None else format_currency(value, "EUR", locale=reader())


def name_of(choices: type[TextChoices], code: str) -> str:
    """What a kind, group, measure or basis is called; its code when a later release knows it no more."""
    return str(choices(code).label) if code in choices.values else code


def kind_name(code: str) -> str:
    """ "School visit"."""
    return name_of(Kind, code)


def group_name(code: str) -> str:
    """ "Children 6 to 9"."""
    return name_of(Group, code)


def measure_name(code: str) -> str:
    """ "participants"."""
    return name_of(Measure, code)


def basis_name(code: str) -> str:
    """ "Counted"."""
    return name_of(Basis, code)


def state_name(state: str) -> str:
    """The state of a report."""
    return name_of(PeriodReport.State, state)


def of_basis(counts: Iterable[Count], basis: str) -> str:
    """ "340 participants, 12 schools": every measure known in this way, apart. "" when there is none."""
    order = Measure.values
    found = sorted((one for one in counts if one.basis == basis), key=lambda one: order.index(one.measure))
    return ", ".join(
        _("%(number)s %(measure)s") % {"number": number(one.number), "measure": measure_name(one.measure)}
        for one in found
    )


def known_by_basis(counts: Sequence[Count]) -> str:
    """ "Counted: 340 participants. Estimate: 2,000 readers"; "" when nothing is known."""
    told = [(basis_name(basis), of_basis(counts, basis)) for basis in Basis.values]
    return ". ".join(_("%(basis)s: %(numbers)s") % {"basis": name, "numbers": said} for name, said in told if said)


def how_many(activities: int) -> str:
    """ "12 activities"."""
    return ngettext("%(count)s activity", "%(count)s activities", activities) % {"count": number(activities)}


def where(place: str, *, is_online: bool) -> str:
    """The place, online, both, or nothing."""
    if place and is_online:
        return _("%(place)s, and online") % {"place": place}
    return place or (_("Online") if is_online else "")


def topic_choices() -> list[tuple[str, str]]:
    """Codes and names of the topics of today's vocabulary."""
    return [(term.code, label_of(term, reader()).text) for term in terms_of("topic", on=now().date())]


def topic_name(code: str) -> str:
    """The name of a topic, also of one that is in the vocabulary no longer."""
    term = term_of("topic", code)
    return label_of(term, reader()).text if term else code


def country_choices() -> list[tuple[str, str]]:
    """Codes and names of the countries of the network."""
    codes = Centre.objects.national().values_list("country_code", flat=True)
    return sorted(((code, country_name(code)) for code in set(codes)), key=lambda one: one[1])


def language_name(code: str) -> str:
    """The name of a language in the reader's; its code when nobody knows it."""
    try:
        return str(Locale.parse(code).get_display_name(reader()) or code)
    except (UnknownLocaleError, ValueError):
        return code
