"""Tables of the network that it can publish as open data: each list of a quarter or year, out of accepted quarters.

A table knows what each centre gave, so that nothing is published that tells one of them, also to another one. Each list
is a measure of its own: a helpline may answer one and not another, so that their totals are not the same thing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable

from django.utils.translation import gettext as _

from havn.releases.api import Category, Codes, Dimension, Table, TableSource, register_table
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import Fact, Reported
from havn.trends.queries.network import DIMENSIONS
from havn.trends.rules.network import UNKNOWN
from havn.trends.rules.quarters import between, quarter_of
from havn.vocabularies import api as vocabularies


def register() -> None:
    """Offer each list to the network's own centre. Called from AppConfig.ready()."""
    for dimension in DIMENSIONS:
        register_table(
            TableSource(
                f"trends.{dimension}",
                f"trends.{dimension}",
                _title(dimension),
                _about,
                _builder(dimension),
                lambda centre: centre.kind == Centre.Kind.NETWORK,
            )
        )


def _title(dimension: str) -> Callable[[], str]:
    return lambda: (
        _("Contacts with the helplines of the network: %(list)s") % {"list": words.dimension_label(dimension)}
    )


def _about() -> str:
    return _("The accepted quarters of all helplines that answered it, added up.")


def _builder(dimension: str) -> Callable[[Centre, Period], Table | None]:
    return lambda centre, period: network_table(dimension, period)


def network_table(dimension: str, period: Period) -> Table | None:
    """One list of a quarter or year with what each centre gave. None without any, and over a change of the list."""
    names = [str(one) for one in between(quarter_of(period.first), quarter_of(period.last))]
    if dimension == "reason" and Reported.objects.filter(quarter__in=names).values("scheme").distinct().count() > 1:
        return None
    rows = Fact.objects.filter(quarter__in=names, dimension=dimension, number__gt=0).order_by("reported__centre__slug")
    parts: defaultdict[str, Counter[Codes]] = defaultdict(Counter)
    for slug, code, number in rows.values_list("reported__centre__slug", "code", "number"):
        parts[slug][(code,)] += number
    counts: Counter[Codes] = Counter()
    for given in parts.values():
        counts.update(given)
    if not counts:
        return None
    return Table((_dimension(dimension, {code for (code,) in counts}, period),), counts, parts)


def _dimension(dimension: str, counted: set[str], period: Period) -> Dimension:
    """Every code of the list that held, in its order, then others that were counted, and what is not known."""
    version = vocabularies.version_on(dimension, on=period.last) if vocabularies.versions_of(dimension) else ""
    listed = [term.code for term in vocabularies.terms_in(version)] if version else []
    codes = [*listed, *sorted(counted - set(listed) - {UNKNOWN})]
    codes = [*(code for code in codes if code != UNKNOWN), UNKNOWN]
    categories = tuple(Category(code, words.label(dimension, code)) for code in codes)
    return Dimension(f"{dimension}.{version}" if version else dimension, words.dimension_label(dimension), categories)
