"""What is due, what is overdue, and what waits for validation."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from havn.recommendations.models import FollowUp, MonitoringRound, SheetChapter
from havn.recommendations.queries.named import parts_of
from havn.recommendations.rules.states import validators
from havn.tenancy.models import Centre


def open_follow_ups(party: Centre) -> QuerySet[FollowUp]:
    """Those of a Party with a day that is due, the earliest first, without what the scale of its round calls done."""
    found = FollowUp.objects.filter(factsheet__party=party, due_on__isnull=False, replaced_by__isnull=True).exclude(
        _done()
    )
    shown = found.select_related("factsheet__round", "factsheet__party", "ask", "chapter", "responsible", "alternate")
    return shown.order_by("due_on", "pk")


def overdue_count(party: Centre, today: dt.date) -> int:
    """How many of them have passed their day."""
    return open_follow_ups(party).filter(due_on__lt=today).count()


def waiting(party: Centre) -> QuerySet[FollowUp]:
    """Those of a Party that wait for validation, the longest waiting first."""
    found = FollowUp.objects.filter(factsheet__party=party, state=FollowUp.State.SUBMITTED)
    shown = found.select_related("factsheet__round", "factsheet__party", "ask", "chapter", "written_by")
    return shown.order_by("changed_at", "pk")


def to_validate(party: Centre, person: int, may: frozenset[int]) -> list[FollowUp]:
    """Those of them that this person may validate (`rules.states.validators`). `may`: who does it here at all."""
    found = list(waiting(party).prefetch_related("versions"))
    parts = parts_of(one.factsheet_id for one in found)
    return [one for one in found if _is_for(one, parts, person, may)]


def yours(party: Centre, person: int) -> QuerySet[FollowUp]:
    """What the person is responsible or the alternate contact for, by name or by the chapter, and is not done yet."""
    named = SheetChapter.objects.filter(factsheet=OuterRef("factsheet"), chapter=OuterRef("chapter"))
    by_chapter = Q(responsible=None) & Exists(named.filter(responsible=person)) | Q(alternate=None) & Exists(
        named.filter(alternate=person)
    )
    found = FollowUp.objects.filter(
        Q(responsible=person) | Q(alternate=person) | by_chapter,
        factsheet__party=party, is_imported=False, replaced_by__isnull=True,
    ).exclude(_done(), state=FollowUp.State.VALIDATED)  # fmt: skip
    shown = found.select_related("factsheet__round", "factsheet__party", "ask", "chapter")
    return shown.order_by(F("due_on").asc(nulls_last=True), "pk")


def _is_for(
    follow_up: FollowUp, parts: Mapping[tuple[int, int], SheetChapter], person: int, may: frozenset[int]
) -> bool:  # fmt: skip
    part = parts.get((follow_up.factsheet_id, follow_up.chapter_id))
    named = follow_up.validator_id or (part.validator_id if part else None)
    authors = {follow_up.written_by_id, *(one.written_by_id for one in follow_up.versions.all())}
    return person in validators(authors=authors, last=follow_up.written_by_id, named=named, may=may)


def _done() -> Q:
    done = Q(pk__in=[])
    for pk, statuses in MonitoringRound.objects.values_list("pk", "statuses"):
        done |= Q(factsheet__round=pk, status__in=[one["code"] for one in statuses if one["is_done"]])
    return done
