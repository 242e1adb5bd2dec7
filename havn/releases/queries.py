"""Reads of datasets, releases and what is being prepared."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from havn.accounts.models import User
from havn.releases.models import Dataset, Preparation, Release
from havn.releases.rules.sensitivity import THRESHOLD
from havn.releases.rules.tables import NETWORK, Published
from havn.releases.rules.written import published_of, together
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


def has_releases(centre: Centre) -> bool:
    """Whether anybody can read figures of the centre. One small query: its first page asks."""
    return Release.objects.filter(dataset__centre=centre).exists()


def releases_of(centre: Centre) -> QuerySet[Release]:
    """Every release of a centre: the latest period first, of one period the newest version first.

    `has_newer` says whether a newer version of the same period stands.
    """
    newer = Release.objects.filter(corrects=OuterRef("pk"))
    return (
        Release.objects.filter(dataset__centre=centre)
        .select_related("dataset__centre")
        .annotate(has_newer=Exists(newer))
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


def ids_read_together(dataset: Dataset, first: dt.date, last: dt.date, *, of_network: bool) -> list[int]:
    """The releases that a reader can set beside a new one: of the same measure, of days that touch.

    Of the centre itself and of the network; for a table of the network, or where the network published one, of every
    centre, because their sum is the network.
    """
    rows = Release.objects.filter(dataset__measure=dataset.measure).order_by("pk")
    found = list(rows.values_list("pk", "first", "last", "dataset__centre_id"))
    near = _near(found, first, last)
    networks = Release.objects.filter(pk__in=[pk for pk, *_rest in near], table__population=NETWORK)
    if not of_network and not networks.exists():
        near = _near([row for row in near if row[3] == dataset.centre_id], first, last)
    return [pk for pk, *_rest in near]


_Row = tuple[int, dt.date, dt.date, int]


def _near(rows: list[_Row], first: dt.date, last: dt.date) -> list[_Row]:
    found = together({str(pk): (begin, end) for pk, begin, end, _centre in rows}, first, last)
    return [row for row in rows if str(row[0]) in found]


def strictest_threshold(dataset: Dataset, ids: Iterable[int]) -> int:
    """What numbers have to reach: never below `THRESHOLD`, nor below what any release read together promised."""
    promised = Release.objects.filter(pk__in=list(ids)).values_list("audit__threshold", flat=True)
    return max(THRESHOLD, dataset.threshold, *(number for number in promised if isinstance(number, int)))


def published_for_audit(ids: Iterable[int]) -> list[Published]:
    """Releases as the audit reads them, the oldest first."""
    rows = Release.objects.filter(pk__in=list(ids)).order_by("pk")
    return [published_of(str(row.pk), row.first, row.last, row.table) for row in rows]


def name_of_person(user_id: int | None) -> str:
    """The name of who published; "" when the account is gone."""
    if user_id is None:
        return ""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""
