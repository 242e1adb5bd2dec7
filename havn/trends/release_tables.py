"""Tables of the network that it can publish as open data: each list of a quarter or year, out of accepted quarters.

A table knows what each centre gave, so that nothing is published that tells one of them, also to another one. Each list
is a measure of its own: a helpline may answer one and not another, so that their totals are not the same thing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable

from django.utils.translation import gettext as _

from havn.releases.api import Category, Codes, Dimension, Table, TableSource, Who, register_table
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import Fact, Reported
from havn.trends.queries.network import DIMENSIONS, who_reported
from havn.trends.rules.network import UNKNOWN
from havn.trends.rules.quarters import Quarter, between, quarter_of
from havn.vocabularies import api as vocabularies


def register() -> None:
    """Offer each list to the network's own centre. Called from AppConfig.ready()."""
    for dimension in DIMENSIONS:
        register_table(
            TableSource(
                measure_of(dimension),
                measure_of(dimension),
                _title(dimension),
                _about,
                _builder(dimension),
                lambda centre: centre.kind == Centre.Kind.NETWORK,
                _who(dimension),
            )
        )


def measure_of(dimension: str) -> str:
    """What a list counts: tables of it are audited together."""
    return f"trends.{dimension}"


def _title(dimension: str) -> Callable[[], str]:
    return lambda: (
        _("Contacts with the helplines of the network: %(list)s") % {"list": words.dimension_label(dimension)}
    )


def _about() -> str:
    return _("The accepted quarters of all helplines that answered it, added up.")


def _builder(dimension: str) -> Callable[[Centre, Period], Table | None]:
    return lambda centre, period: network_table(dimension, period)


def _who(dimension: str) -> Callable[[Centre, Period], Who]:
    return lambda centre, period: who_gave(dimension, period)


def who_gave(dimension: str, period: Period) -> Who:
    """Who gave to a list in any quarter of a period, and how many were asked; of a year also in which quarters."""
    quarters = quarters_in(period)
    rows = Fact.objects.filter(quarter__in=[str(one) for one in quarters], dimension=dimension, number__gt=0)
    given: defaultdict[str, set[str]] = defaultdict(set)
    for name, quarter in rows.values_list("reported__centre__name", "quarter"):
        given[name].add(quarter)
    asked = {one.pk for quarter in quarters for who in [who_reported(quarter)] for one in (*who.reported, *who.missing)}
    return Who([_in_quarters(name, quarters, there) for name, there in sorted(given.items())], len(asked))


def _in_quarters(name: str, quarters: list[Quarter], there: set[str]) -> str:
    if len(there) == len(quarters):
        return name
    short = ", ".join(words.quarter_short(one) for one in quarters if str(one) in there)
    return _("%(centre)s (%(quarters)s only)") % {"centre": name, "quarters": short}


def quarters_in(period: Period) -> list[Quarter]:
    """The quarters that a period is made of."""
    return between(quarter_of(period.first), quarter_of(period.last))


def network_table(dimension: str, period: Period) -> Table | None:
    """One list of a quarter or year with what each centre gave. None where a quarter of it has none, and over a change
    of the list."""
    names = [str(one) for one in quarters_in(period)]
    reported = Reported.objects.filter(quarter__in=names)
    if reported.values("quarter").distinct().count() < len(names):
        return None
    if dimension == "reason" and reported.values("scheme").distinct().count() > 1:
        return None
    return counted_table(dimension, period)


def counted_table(dimension: str, period: Period) -> Table | None:
    """The same whatever lists the reasons are from, as an article adds them up."""
    names = [str(one) for one in quarters_in(period)]
    rows = Fact.objects.filter(quarter__in=names, dimension=dimension, number__gt=0).order_by("reported__centre__slug")
    parts: defaultdict[str, Counter[Codes]] = defaultdict(Counter)
    for slug, code, number in rows.values_list("reported__centre__slug", "code", "number"):
        parts[slug][(code,)] += number
    counts: Counter[Codes] = Counter()
    for given in parts.values():
        counts.update(given)
    if not counts:
        return None
    return Table((list_dimension(dimension, {code for (code,) in counts}, period),), counts, parts)


def list_dimension(dimension: str, counted: set[str], period: Period) -> Dimension:
    """Every code of the list that held, in its order, then others that were counted, and what is not known."""
    version = vocabularies.version_on(dimension, on=period.last) if vocabularies.versions_of(dimension) else ""
    listed = [term.code for term in vocabularies.terms_in(version)] if version else []
    codes = [*listed, *sorted(counted - set(listed) - {UNKNOWN})]
    codes = [*(code for code in codes if code != UNKNOWN), UNKNOWN]
    categories = tuple(Category(code, words.label(dimension, code)) for code in codes)
    return Dimension(f"{dimension}.{version}" if version else dimension, words.dimension_label(dimension), categories)
