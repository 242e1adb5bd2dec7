"""Tables of talks that a centre can publish as open data, out of the roll-up: by reason and age, by reason and channel.

A talk counts once, under its main reason by the newest list (`taken_over`), so both tables have one margin and are
audited together. Every helpline of the centre counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from havn.helpline import words_reports as words
from havn.helpline.queries.reports import figures, lists_of, reason_spans, taken_over, terms_of, versions
from havn.helpline.report_tables import TALK
from havn.helpline.rules.record import AGE_BANDS
from havn.helpline.rules.reports import UNKNOWN, crossed, followed, in_lists
from havn.releases.api import Category, Dimension, Table, TableSource, register_table
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre, Service

MEASURE = "helpline.talks"


def register() -> None:
    """Offer both tables to centres with a helpline."""
    register_table(
        TableSource(
            "helpline.reason-age",
            MEASURE,
            lambda: _("Talks with the helpline, by main reason and age"),
            lambda: _("Every talk of a quarter or a year counts once, under its main reason and the age of the child."),
            by_age,
            _has_helpline,
        )
    )
    register_table(
        TableSource(
            "helpline.reason-channel",
            MEASURE,
            lambda: _("Talks with the helpline, by main reason and channel"),
            lambda: _("Every talk of a quarter or a year counts once, under its main reason and how it was held."),
            by_channel,
            _has_helpline,
        )
    )


def by_age(centre: Centre, period: Period) -> Table | None:
    """Talks by main reason and age of the child."""
    services = _helplines(centre)
    with lists_of(services):
        spans = reason_spans(period)
        codes = figures(services, period, dimensions=("reason-age",)).codes("reason-age", ends=TALK)
        return ages_table(crossed(in_lists(codes, spans), taken_over()))


def by_channel(centre: Centre, period: Period) -> Table | None:
    """Talks by main reason and channel."""
    services = _helplines(centre)
    with lists_of(services):
        spans, after = reason_spans(period), taken_over()
        found = figures(services, period, dimensions=("contacts", "reason"))
        grid: dict[str, Counter[str]] = {}
        for channel in sorted(found.channels()):
            counts = followed(in_lists(found.codes("reason", ends=TALK, channel=channel), spans), after)
            for reason, number in counts.items():
                grid.setdefault(reason, Counter())[channel] += number
        channels = sorted(found.channels())
        if not channels:
            return None
        categories = tuple(Category(code, words.channel_label(code)) for code in channels)
        return _table(grid, Dimension("channel", _("Channel"), categories))


def ages_table(grid: Mapping[str, Counter[str]]) -> Table | None:
    """A table of talks from counts by main reason and age band; None without any."""
    bands = [*AGE_BANDS, UNKNOWN]
    others = sorted({code for numbers in grid.values() for code in numbers} - set(bands))
    return _table(grid, _dimension("age", _("Age"), [*bands, *others]))


def _table(grid: Mapping[str, Counter[str]], across: Dimension) -> Table | None:
    """The main reasons down, all of the newest list and any other that was counted."""
    version, terms = versions("reason")[-1]
    listed = [*terms_of(version.code), UNKNOWN]
    reasons = _dimension("reason", _("Main reason"), [*listed, *sorted(set(grid) - set(listed))])
    reasons = Dimension(f"reason.{version.code}", reasons.title, reasons.categories)
    counts: dict[tuple[str, ...], int] = {
        (reason, code): n for reason, numbers in grid.items() for code, n in numbers.items() if n
    }
    return Table((reasons, across), counts) if counts and terms else None


def _dimension(name: str, title: str, codes: Iterable[str]) -> Dimension:
    return Dimension(name, title, tuple(Category(code, words.label_of(name, code)) for code in codes))


def _helplines(centre: Centre) -> list[int]:
    rows = Service.objects.filter(organisation__centre=centre, kind=Service.Kind.HELPLINE).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _has_helpline(centre: Centre) -> bool:
    return bool(_helplines(centre))
