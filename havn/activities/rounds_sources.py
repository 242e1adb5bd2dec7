"""Figures of the activity log for the forms of rounds. Nothing is added over measures, or over ways of knowing."""

from collections.abc import Collection
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.activities.models import Basis, Group, Measure
from havn.activities.permissions import READERS
from havn.activities.queries import Choice, activities_of, counts_of, efforts_of
from havn.activities.rules.totals import Count
from havn.common.dates import day
from havn.common.once import once
from havn.rounds.api import Found, Source, register_source
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

_YOUNG = (
    Group.CHILDREN_0_5, Group.CHILDREN_6_9, Group.CHILDREN_10_12, Group.CHILDREN_13_15, Group.CHILDREN_16_18,
    Group.CHILDREN, Group.YOUTH_PANEL,
)  # fmt: skip
# People of one of these were told apart from children; of "public" and "mixed" nobody knows.
_GROWN = (Group.PARENTS, Group.TEACHERS, Group.PROFESSIONALS, Group.VOLUNTEERS, Group.AUTHORITIES, Group.ORGANISATIONS)
_TOOK_PART = (
    ("children", gettext_lazy("Children and young people who took part"), _YOUNG),
    ("adults", gettext_lazy("Adults who took part"), _GROWN),
)


def register() -> None:
    """Fill the registry of rounds. Called from AppConfig.ready()."""
    register_source(Source("activities.kinds", partial(str, gettext_lazy("Activities of each kind")), _kinds))
    register_source(Source("activities.hours", partial(str, gettext_lazy("Hours of work noted")), _hours))
    for measure in Measure:
        register_source(Source(f"activities.{measure.value}", partial(str, measure.label), partial(_reach, measure)))
    for name, label, groups in _TOOK_PART:
        find = partial(_reach, Measure.PARTICIPANTS, groups=groups)
        register_source(Source(f"activities.{name}", partial(str, label), find))


def _kinds(centre: Centre, period: Period) -> Found | None:
    efforts = efforts_of(activities_of(centre, Choice(period.first, period.last)))
    found = {one.kind: {"activities": one.activities} for one in efforts}
    return _found(found, period) if found else None


def _hours(centre: Centre, period: Period) -> Found | None:
    efforts = efforts_of(activities_of(centre, Choice(period.first, period.last)))
    noted = [one.hours for one in efforts if one.hours is not None]
    return _found(round(float(sum(noted)), 2), period) if noted else None


def _reach(measure: Measure, centre: Centre, period: Period, groups: Collection[str] = tuple(Group)) -> Found | None:
    """By group, in the surest way of knowing that the log has for this measure; of others it says so."""
    counts = [one for one in _counts(centre, period) if one.measure == measure.value and one.group in groups]
    known = [basis for basis in Basis.values if any(one.basis == basis for one in counts)]
    if not known:
        return None
    table: dict[str, dict[str, int]] = {}
    for one in counts:
        if one.basis == known[0]:
            row = table.setdefault(one.group, {measure.value: 0})
            row[measure.value] += one.number
    return _found(table, period, basis=known[0], others=len(known) > 1)


def _counts(centre: Centre, period: Period) -> list[Count]:
    def read() -> list[Count]:
        return counts_of(activities_of(centre, Choice(period.first, period.last)))

    return once(("reach for rounds", centre.pk, period), read)


def _found(
    value: float | dict[str, dict[str, int]], period: Period, *, basis: str = "counted", others: bool = False
) -> Found:
    days = {"first": day(period.first), "last": day(period.last)}
    said = _("From your activity log, %(first)s to %(last)s.") % days
    if others:
        said = _(
            "From your activity log, %(first)s to %(last)s. Numbers that are known in another way are not added."
        ) % days  # fmt: skip
    address = f"{reverse('activities:desk')}?first={period.first}&last={period.last}"
    return Found(value, said, address, roles=READERS, basis=basis)
