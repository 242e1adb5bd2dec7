"""The published history, and where series broke."""

from collections.abc import Iterable

from havn.tenancy.models import Centre
from havn.trends.models import Break, HistoryQuarter, PublishedFigure
from havn.trends.rules.charts import Point
from havn.trends.rules.quarters import quarter_named


def network_centre() -> Centre | None:
    """The network's own centre; None on an installation without it."""
    return Centre.objects.filter(kind=Centre.Kind.NETWORK).order_by("pk").first()


def history_quarters(centre: Centre) -> list[HistoryQuarter]:
    """Every quarter of the history with its figures, the latest first."""
    return list(HistoryQuarter.objects.filter(centre=centre).prefetch_related("figures").order_by("-quarter"))


def printed_points(centre: Centre, dimension: str, code: str) -> list[Point]:
    """One figure through the history, oldest first; quarters without it are missing."""
    rows = PublishedFigure.objects.filter(row__centre=centre, dimension=dimension, code=code)
    found = rows.order_by("row__quarter").values_list("row__quarter", "value", "qualifier")
    return [Point(quarter_named(quarter), float(value), qualifier) for quarter, value, qualifier in found]


def all_printed(centre: Centre) -> dict[tuple[str, str], list[Point]]:
    """Every series of the history by dimension and code, in one query."""
    rows = PublishedFigure.objects.filter(row__centre=centre).order_by("row__quarter", "pk")
    found: dict[tuple[str, str], list[Point]] = {}
    for quarter, dimension, code, value, qualifier in rows.values_list(
        "row__quarter", "dimension", "code", "value", "qualifier"
    ):
        found.setdefault((dimension, code), []).append(Point(quarter_named(quarter), float(value), qualifier))
    return found


def breaks_of(centre: Centre, dimensions: Iterable[str] | None = None) -> list[Break]:
    """Breaks in the order of quarters: of all figures, and of these dimensions (None: of every one)."""
    rows = Break.objects.filter(centre=centre).select_related("member").order_by("quarter", "pk")
    wanted = None if dimensions is None else {"", *dimensions}
    return [one for one in rows if wanted is None or one.dimension in wanted]
