"""The door of rounds for the apps above: what was accepted, who reported, and where figures come from.

for one in rounds.accepted("helpline_quarter", period):
    print(one.centre, one.answers["contacts"], one.revision)
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse

from havn.common.errors import Refused
from havn.rounds import by_software
from havn.rounds.by_software import SentIn, Told
from havn.rounds.hooks import register_accepted
from havn.rounds.looking import looked_at
from havn.rounds.models import Assignment
from havn.rounds.permissions import Key
from havn.rounds.queries.answers import Accepted, accepted_for
from havn.rounds.rules.documents import LARGEST as LARGEST_DOCUMENT
from havn.rounds.rules.documents import NotTaken
from havn.rounds.rules.documents import as_kept as document_as_kept
from havn.rounds.rules.documents import name_kept as document_name
from havn.rounds.rules.states import DONE
from havn.rounds.sources import Found, Source, register_source
from havn.rounds.unusual import Unusual, register_look
from havn.rounds.words import document_fault, form_title, period_name, period_of_round
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

__all__ = [
    "LARGEST_DOCUMENT",
    "Accepted",
    "Answered",
    "Found",
    "Key",
    "Reported",
    "SentIn",
    "Source",
    "Told",
    "Unusual",
    "accepted",
    "accepted_since",
    "answered_by",
    "by_software",
    "document_as_kept",
    "document_fault",
    "document_kind",
    "document_name",
    "register_accepted",
    "register_look",
    "register_source",
    "who_reported",
]


@dataclass(frozen=True)
class Reported:
    """Who was asked for a period, who sent something in, and who was accepted. Each by name."""

    asked: list[Centre]
    sent: list[Centre]
    accepted: list[Centre]


def accepted(form_key: str, period: Period, *, owner: Centre | None = None) -> list[Accepted]:
    """The newest accepted revision of each centre for one period, in the order of their acceptance.

    Without `owner` of every round of the network, never of one that a centre runs for itself.
    """
    return _of_network(accepted_for(form_key, owner=owner, first=period.first, last=period.last), owner)


def accepted_since(form_key: str, day: dt.date, *, owner: Centre | None = None) -> list[Accepted]:
    """The same for every period that ends on this day or later."""
    return _of_network(accepted_for(form_key, owner=owner, first=None, last=day), owner)


def who_reported(form_key: str, period: Period) -> Reported:
    """Who reported in the network's rounds of a period."""
    rows = Assignment.objects.filter(
        round__form_version__form__key=form_key,
        round__first=period.first,
        round__last=period.last,
        round__owner__kind=Centre.Kind.NETWORK,
    ).select_related("centre")
    found = sorted(rows, key=lambda one: one.centre.name)
    return Reported(
        asked=_each(one.centre for one in found),
        sent=_each(one.centre for one in found if one.submitted_at is not None),
        accepted=_each(one.centre for one in found if one.accepted_at is not None),
    )


def document_kind(name: str, content: bytes) -> str | None:
    """pdf, docx, xlsx or odt by its content; None for all else. A PDF takes up to seconds: not within a transaction.

    Raises Refused, with a sentence, for what no document may hold: programs, pictures, other files, too much.
    """
    try:
        return looked_at(name, content, ())
    except NotTaken as why:
        if str(why) == "kind":
            return None
        raise Refused(document_fault(str(why), LARGEST_DOCUMENT)) from None


@dataclass(frozen=True)
class Answered:
    """An accepted answer of a centre as something to point at."""

    number: int
    title: str
    url: str
    day: dt.date | None = None


def answered_by(centre: Centre) -> list[Answered]:
    """Every answer of the centre that was accepted, the latest period first."""
    found = Assignment.objects.filter(centre=centre, state__in=[one.value for one in DONE])
    return [
        Answered(
            number=one.pk,
            title=f"{form_title(one.round.form_version)}, {period_name(period_of_round(one.round))}",
            url=reverse("rounds:answer", args=[one.pk]),
            day=one.accepted_at.astimezone(ZoneInfo(centre.time_zone)).date() if one.accepted_at else None,
        )
        for one in found.select_related("round__form_version__form").order_by("-round__last", "-pk")
    ]


def _each(centres: Iterable[Centre]) -> list[Centre]:
    """Every centre once, in order, though two rounds may have asked it."""
    return list(dict.fromkeys(centres))


def _of_network(found: list[Accepted], owner: Centre | None) -> list[Accepted]:
    """One row of each centre for a period, though two rounds may have asked: the one that was accepted last."""
    rows = found if owner is not None else [one for one in found if one.of_network]
    newest: dict[tuple[int, Period], Accepted] = {}
    for one in rows:
        known = newest.get((one.centre.pk, one.period))
        if known is None or one.accepted_at >= known.accepted_at:
            newest[one.centre.pk, one.period] = one
    kept = {one.assignment_id for one in newest.values()}
    return [one for one in rows if one.assignment_id in kept]
