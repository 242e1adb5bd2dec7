"""Where chats stand on the ladder, what waits for a yes, and which pauses stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from havn.accounts.models import Membership
from havn.common.clock import now_ms as clock_ms
from havn.common.once import once
from havn.helpline.models import Turn
from havn.helpline.queries.duty import OnDuty, on_duty
from havn.helpline.rules.roles import SUPERVISES
from havn.limits.models import Limit, StepCount
from havn.limits.rules.ladder import Standing, Step
from havn.live.models import Message
from havn.tenancy.models import Service


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that waits for somebody who leads the shift."""

    conversation_id: int
    step: str
    by_id: int | None
    by: str
    at_ms: int


@dataclass(frozen=True)
class Waiting:
    """Everything of one helpline that waits for a yes, and who may say it."""

    supervisors: frozenset[int]
    asked: tuple[Asked, ...]
    # (conversation, counsellor, step, what was declined) of chats with a step: their desks are drawn anew.
    standing: tuple[tuple[int, int | None, str, str], ...]


def limit_of(conversation_id: int) -> Limit | None:
    """Where this chat stands, None where nothing was ever taken or asked for. Read once for a screen."""
    rows = Limit.objects.select_related("asked_by", "decided_by").filter(pk=conversation_id)
    return once(("limits.limit", conversation_id), rows.first)


def standing_of(turn: Turn, limit: Limit | None) -> Standing:
    """What the rules want to know."""
    return Standing(
        step=limit.step if limit else "",
        asked=limit.asked if limit else "",
        running=turn.state == Turn.State.TALKING and turn.channel == Turn.Channel.CHAT,
        in_danger=turn.in_danger,
        risk=turn.risk,
    )


def is_alone(service_id: int, user_id: int, *, now_ms: int) -> bool:
    """Whether nobody else who leads the shift is on duty, with a desk that lives."""
    return nobody_else_leads(on_duty(service_id, now_ms=now_ms), user_id)


def nobody_else_leads(people: Iterable[OnDuty], user_id: int) -> bool:
    """The same of people on duty who were read already."""
    return all(one.user_id == user_id for one in people if one.role in SUPERVISES and one.alive)


def waiting_at(service_id: int) -> Waiting:
    """Read for all desks and walls of a helpline at once."""
    organisation = Service.objects.filter(pk=service_id).values("organisation_id")
    leads = Membership.objects.filter(organisation_id__in=organisation, role__in=SUPERVISES, user__is_active=True)
    running = Limit.objects.filter(service_id=service_id, conversation__turn__state=Turn.State.TALKING)
    return Waiting(
        supervisors=frozenset(leads.values_list("user_id", flat=True)),
        asked=asked_at(service_id),
        standing=tuple(
            running.order_by("pk").values_list("pk", "conversation__turn__counsellor_id", "step", "declined")
        ),
    )


def asked_at(service_id: int) -> tuple[Asked, ...]:
    """What waits for a yes, the oldest first."""
    rows = (
        Limit.objects.filter(service_id=service_id, conversation__turn__state=Turn.State.TALKING)
        .exclude(asked="")
        .order_by("asked_at_ms")
        .values_list("pk", "asked", "asked_by_id", "asked_by__name", "asked_at_ms")
    )
    return tuple(Asked(talk, step, by, name or "", at or 0) for talk, step, by, name, at in rows)


def for_staff(waiting: Waiting, user_id: int) -> dict[str, Any]:
    """For a colleague's stream: numbers and codes, no word of anything."""
    leads = user_id in waiting.supervisors
    return {
        "asked": [[str(one.conversation_id), one.step] for one in waiting.asked] if leads else [],
        "mine": [[str(talk), step, declined] for talk, who, step, declined in waiting.standing if who == user_id],
    }


def paused_at(service_id: int, *, now_ms: int | None = None) -> list[Limit]:
    """The pauses that stand, the one that ends first first."""
    at = clock_ms() if now_ms is None else now_ms
    return list(
        Limit.objects.filter(service_id=service_id, step=Step.PAUSE, paused_until_ms__gt=at).order_by("paused_until_ms")
    )


def slower_now() -> dict[int, int]:
    """Conversations that are slower, with the seconds between two messages."""
    rows = Limit.objects.filter(slow_seconds__isnull=False).values_list("pk", "slow_seconds")
    return {talk: seconds for talk, seconds in rows if seconds is not None}


def text_before_ms(conversation_id: int, seq: int) -> int | None:
    """When the visitor's text before this place was stored; None for the first."""
    texts = Message.objects.filter(
        conversation_id=conversation_id, author=Message.Author.VISITOR, kind=Message.Kind.TEXT, seq__lt=seq
    )
    return texts.order_by("-seq").values_list("at_ms", flat=True).first()


def has_written(conversation_id: int) -> bool:
    """Whether the visitor has written anything."""
    texts = Message.objects.filter(conversation_id=conversation_id, author=Message.Author.VISITOR)
    return texts.filter(kind=Message.Kind.TEXT).exists()


def counts_of(service_id: int, *, months: int = 12) -> list[tuple[Any, dict[str, int]]]:
    """(month, number of each step) of the latest months in which any was taken."""
    by_month: dict[Any, dict[str, int]] = {}
    for row in StepCount.objects.filter(service_id=service_id).order_by("-month"):
        by_month.setdefault(row.month, {})[row.step] = row.number
    return list(by_month.items())[:months]
