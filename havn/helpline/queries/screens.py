"""What one reader is told of the queue: a child of the own place, a colleague of what needs doing. Fast and pure."""

from collections.abc import Iterable
from typing import Any

from havn.accounts.models import Membership
from havn.helpline.queries.queue import Pool, QueueSnapshot
from havn.helpline.rules import queue as order
from havn.helpline.rules.roles import WORKS
from havn.tenancy.models import Service

NEAR_FIRST = 50


def place_for(queue: QueueSnapshot, conversation_id: int) -> dict[str, Any] | None:
    """For a waiting child's stream."""
    return queue.place_of(conversation_id)


def near(queue: QueueSnapshot) -> Iterable[int]:
    """The children who should look at the screen now."""
    return [conversation_id for conversation_id, place in queue.places.items() if place.near]


def for_staff(queue: QueueSnapshot, user_id: int) -> dict[str, Any]:
    """For a colleague's stream: numbers, the own duty and what is offered to them. No word of any talk.

    `mine`: the children this person would get by pressing Next, one after the other, with the seats of this moment.
    """
    me = next((person for person in queue.people if person.user_id == user_id), None)
    could_take = _pool_of(queue, user_id)
    return {
        "at": queue.at_ms,
        "waiting": len(queue.everybody.children),
        "longest_since": queue.everybody.longest_since_ms,
        "mine": could_take.admitted(queue.room_of(me)) if me else 0,
        "returned": could_take.returned,
        "high": could_take.high,
        "letters": queue.letters_in(me.languages) if me else 0,
        "on_duty": me is not None,
        "role": me.role if me else "",
        "seats": me.seats if me else 0,
        "open": me.open_talks if me else 0,
        "offers": [offer.conversation_id for offer in queue.offers if offer.to_id == user_id and not offer.declined],
        "declined": [offer.conversation_id for offer in queue.offers if offer.by_id == user_id and offer.declined],
        "lost": [
            talk["conversation_id"]
            for talk in queue.talks
            if talk["counsellor_id"] == user_id and talk["counsellor_lost_at_ms"] is not None
        ],
        "imminent": len(queue.imminent),
        "alarms": list(queue.imminent),
    }


def takeable(queue: QueueSnapshot, user_id: int) -> list[order.Candidate]:
    """Those who wait in a language this person answers in; empty when not on duty. Seats are not asked."""
    return list(_pool_of(queue, user_id).children)


def _pool_of(queue: QueueSnapshot, user_id: int) -> Pool:
    me = next((person for person in queue.people if person.user_id == user_id), None)
    if me is None:
        return Pool.of(())
    own = {talk["conversation_id"] for talk in queue.talks if talk["counsellor_id"] == user_id}
    return queue.pool(frozenset(me.languages)).without(own)


def services_of(user_id: int) -> list[int]:
    """The helplines whose queue this person's desk listens to."""
    organisations = Membership.objects.filter(user_id=user_id, user__is_active=True, role__in=WORKS).values(
        "organisation_id"
    )
    return list(
        Service.objects.filter(organisation__in=organisations, kind=Service.Kind.HELPLINE).values_list("pk", flat=True)
    )
