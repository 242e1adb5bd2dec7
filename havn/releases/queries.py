"""Reads of datasets, releases and what is being prepared."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from havn.accounts.models import User
from havn.releases import registry
from havn.releases.models import Dataset, Preparation, Release
from havn.releases.registry import Elsewhere
from havn.releases.rules.periods import period_named, slug_of
from havn.releases.rules.sensitivity import THRESHOLD
from havn.releases.rules.tables import NETWORK, Parts
from havn.releases.rules.written import given_of, published_of, together
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre


def datasets_of(centre: Centre) -> QuerySet[Dataset]:
    """The datasets of a centre, by title."""
    return Dataset.objects.filter(centre=centre).select_related("centre").order_by("title", "pk")


def datasets_published(centre: Centre) -> list[tuple[Dataset, Release]]:
    """The datasets that anybody may read, each with its newest release, whose numbers are not read yet."""
    newest: dict[int, Release] = {}
    for release in releases_listed(centre):
        newest.setdefault(release.dataset_id, release)
    return [(dataset, newest[dataset.pk]) for dataset in datasets_of(centre) if dataset.pk in newest]


def releases_of(centre: Centre) -> QuerySet[Release]:
    """Every release of a centre: the latest period first, of one period the newest version first.

    `has_newer` says whether a newer version of the same period stands, `gave` and `asked` who gave to it, of how many.
    """
    newer = Release.objects.filter(corrects=OuterRef("pk"))
    return (
        Release.objects.filter(dataset__centre=centre)
        .select_related("dataset__centre")
        .annotate(has_newer=Exists(newer), gave=F("table__centres"), asked=F("table__asked"))
        .order_by("-last", "first", "-version", "pk")
    )


def releases_listed(centre: Centre) -> QuerySet[Release]:
    """The same for lists: their numbers are read only when somebody asks for them."""
    return releases_of(centre).defer("table", "log", "audit")


def release_at(centre: Centre, key: str, period: Period, version: int) -> Release | None:
    """One release by what its address says."""
    found = releases_of(centre).filter(dataset__key=key, first=period.first, last=period.last, version=version)
    return found.first()


def newest_version(dataset: Dataset, first: dt.date, last: dt.date) -> Release | None:
    """The version of a period that holds now."""
    return Release.objects.filter(dataset=dataset, first=first, last=last).order_by("-version").first()


def preparations_of(centre: Centre) -> QuerySet[Preparation]:
    """What a centre is preparing, the latest first."""
    found = Preparation.objects.filter(dataset__centre=centre)
    return found.select_related("dataset__centre", "corrects").order_by("-asked_at", "pk")


def read_together(measure: str, centre: Centre, first: dt.date, last: dt.date, *, of_network: bool) -> list[str]:
    """What a reader can set beside something new: of the same measure, of days that touch. The keys, in order.

    A release's key is its number; others are what apps above tell elsewhere. Of the centre itself and of the network;
    for a table of the network, or where the network tells one, of every centre, because their sum is the network.
    """
    releases = Release.objects.filter(dataset__measure=measure).order_by("pk")
    rows = [
        _Row(str(pk), begin, end, whose, population == NETWORK)
        for pk, begin, end, whose, population in releases.values_list(
            "pk", "first", "last", "dataset__centre__slug", "table__population"
        )
    ]
    for one in registry.seen_elsewhere(measure):
        rows.append(_Row(one.key, one.first, one.last, one.population, one.population == NETWORK))
    near = _near(rows, first, last)
    if not of_network and not any(one.of_network for one in near):
        near = _near([one for one in near if one.whose == centre.slug], first, last)
    return sorted(one.key for one in near)


def published_so_far(measures: Collection[str]) -> tuple[int, ...]:
    """Numbers that differ once more of these measures was published, here or elsewhere.

    Few and quick queries: whoever publishes has `read_together` before anything is locked, and asks this before that
    and again inside. Nothing that is published is ever deleted, so that a count says it.
    """
    return (Release.objects.filter(dataset__measure__in=measures).count(), *registry.told_so_far(measures))


@dataclass(frozen=True)
class _Row:
    key: str
    first: dt.date
    last: dt.date
    whose: str
    of_network: bool


def _near(rows: list[_Row], first: dt.date, last: dt.date) -> list[_Row]:
    found = together({one.key: (one.first, one.last) for one in rows}, first, last)
    return [one for one in rows if one.key in found]


def strictest_threshold(least: int, keys: Iterable[str]) -> int:
    """What numbers have to reach: never below `THRESHOLD`, nor below what any release read together promised."""
    promised = Release.objects.filter(pk__in=_numbers(keys)).values_list("audit__threshold", flat=True)
    return max(THRESHOLD, least, *(number for number in promised if isinstance(number, int)))


def told_together(measure: str, keys: Iterable[str]) -> list[Elsewhere]:
    """These as the audit reads them, releases first, the oldest before; with what each centre gave to it
    then, and would now."""
    wanted = set(keys)
    rows = Release.objects.filter(pk__in=_numbers(wanted)).select_related("dataset__centre").order_by("pk")
    found = [
        Elsewhere(published_of(str(row.pk), row.first, row.last, row.table), given_of(row.given), _given_now(row))
        if row.given
        else Elsewhere(published_of(str(row.pk), row.first, row.last, row.table))
        for row in rows
    ]
    return found + registry.elsewhere(measure, wanted)


def _given_now(release: Release) -> Parts | None:
    source = registry.source_named(release.dataset.source)
    period = period_named(slug_of(release.first, release.last))
    table = source.build(release.dataset.centre, period) if source is not None and period is not None else None
    return table.parts if table is not None else None


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdigit()]


def name_of_person(user_id: int | None) -> str:
    """The name of who published; "" when the account is gone."""
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""
