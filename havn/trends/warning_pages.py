"""What the early-warning group sees: how unusual, never how many at another centre."""

from typing import Any

from django.utils.translation import gettext as _

from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.models import AgendaPoint, Observation, Signal
from havn.trends.rules.network import SMALL
from havn.trends.rules.warning import MEASURED, MEASURED_GROWING, VERY


def signal_row(signal: Signal, *, looking: Centre) -> dict[str, Any]:
    """A signal. Counts are shown to the centre's own people alone, and to them none below five."""
    own = signal.centre_id == looking.pk
    return {
        "pk": signal.pk,
        "centre": signal.centre.name,
        "service": signal.service.name,
        "reason": words.label("reason", signal.reason),
        "week": words.day(signal.week),
        "unusual": unusual(signal.chance),
        "very": signal.chance < VERY,
        "basis": _("compared with the same weeks of earlier years")
        if signal.is_long
        else _("compared with the weeks before"),
        "count": _counts(signal) if own else "",
    }


def _counts(signal: Signal) -> str:
    if signal.count < SMALL:
        return _("fewer than %(small)s") % {"small": SMALL}
    return _("%(count)s, expected about %(expected)s") % {
        "count": words.number(signal.count), "expected": words.number(signal.expected, 1),
    }  # fmt: skip


def unusual(chance: float) -> str:
    """How seldom chance alone makes so many, in weeks of one reason at one helpline."""
    weeks = round(1 / max(chance, 1e-4))
    if chance < 1e-4:
        return _("Chance alone does this less than once in ten thousand weeks.")
    return _("Chance alone does this about once in %(weeks)s weeks.") % {"weeks": words.number(weeks)}


def chance_of_false_alarm(reasons: int) -> str:
    """What the reader must know of signals: with so many reasons, chance alone makes one now and then.

    By the rates that were measured, which lie above the nominal one.
    """
    return _(
        "With %(reasons)s reasons, chance alone makes up to %(steady)s signals a week at a helpline; at one that grows "
        "by a third a year, up to %(growing)s."
    ) % {
        "reasons": reasons,
        "steady": words.number(MEASURED * reasons, 1),
        "growing": words.number(MEASURED_GROWING * reasons, 1),
    }  # fmt: skip


def observation_row(one: Observation, *, looking: Centre) -> dict[str, Any]:
    """An observation with those that confirmed it, and what this centre may do with it."""
    confirmed = list(one.confirmations.all())
    own = one.centre_id == looking.pk
    return {
        "pk": one.pk,
        "centre": one.centre.name,
        "week": words.day(one.week),
        "text": one.text,
        "language": one.language,
        "reasons": [words.label("reason", code) for code in one.reasons],
        "confirmed": [{"centre": each.centre.name, "words": each.words} for each in confirmed],
        "may_confirm": looking.kind == Centre.Kind.NATIONAL
        and not own
        and all(each.centre_id != looking.pk for each in confirmed),
        "may_take_back": own,
    }


def point_row(point: AgendaPoint, *, looking: Centre) -> dict[str, Any]:
    """A point of an agenda."""
    about: Signal | Observation | None = point.signal or point.observation
    assert about is not None
    return {
        "pk": point.pk,
        "order": point.order,
        "signal": signal_row(point.signal, looking=looking) if point.signal else None,
        "observation": observation_row(point.observation, looking=looking) if point.observation else None,
        "decision": point.decision,
        "is_closed": about.closed_at is not None,
    }
