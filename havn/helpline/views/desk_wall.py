"""The wall: the whole shift at a glance, for supervisors and coordinators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from havn.accounts.access import staff
from havn.common.clock import from_ms, now
from havn.helpline.models import Turn
from havn.helpline.parts import Screen, files_of, parts_of
from havn.helpline.permissions import check_can_see_wall
from havn.helpline.queries.queue import QueueSnapshot, snapshot
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.rules.turns import WRITTEN
from havn.helpline.views.desk_answers import actor_of, keys_of, service_here, services_here
from havn.helpline.words_desk import disk_words


@staff(*SUPERVISES)
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Numbers, open talks and who is on duty. No word of any talk: reading along is a step of its own."""
    service = service_here(request, *SUPERVISES)
    check_can_see_wall(actor_of(request), service)
    queue = snapshot(service.pk)
    here = [one for one in queue.waiting if not one.away]
    return render(
        request,
        "helpline/desk_wall.html",
        {
            "service": service,
            "services": services_here(request, *SUPERVISES),
            "queue": queue,
            "now": now(),
            "waiting_count": len(here),
            "away_count": len(queue.waiting) - len(here),
            "high_count": sum(one.high for one in here),
            "longest_since": min((from_ms(one.since_ms) for one in here), default=None),
            "free_seats": sum(person.free for person in queue.people),
            "talks": _talks(queue, actor_of(request).pk),
            "left": [
                {"alarm": one, "at": from_ms(one.left_at_ms), "mine": one.counsellor_id == actor_of(request).pk}
                for one in queue.alarms
                if one.left_at_ms is not None
            ],
            "disk": disk_words(),
            "people": queue.people,
            "emergency_number": service.organisation.centre.emergency_number,
            **parts_of(Screen(actor_of(request), service, keys_of(request), queue), "wall"),
            **files_of("wall"),
        },
    )


def _talks(queue: QueueSnapshot, user_id: int) -> list[dict[str, Any]]:
    names = {person.user_id: person.name for person in queue.people}
    chats = [
        {
            "id": talk["conversation_id"],
            "letter": False,
            "phone": talk["channel"] == Turn.Channel.PHONE,
            "since": from_ms(talk["taken_at_ms"] or talk["waiting_since_ms"]),
            "name": names.get(talk["counsellor_id"], ""),
            "mine": talk["counsellor_id"] == user_id,
            "language": talk["language"],
            "imminent": talk["risk"] == "imminent",
            "high": talk["risk"] == "high" or talk["in_danger"],
            "lost": talk["counsellor_lost_at_ms"] is not None,
            "returned": talk["returned_at_ms"] is not None,
        }
        for talk in queue.talks
    ]
    rows = [*chats, *_grave_letters(queue, user_id)]
    return sorted(rows, key=lambda row: (not row["imminent"], not row["high"], not row["lost"], row["since"]))


def _grave_letters(queue: QueueSnapshot, user_id: int) -> list[dict[str, Any]]:
    return [
        {
            "id": one.conversation_id,
            "letter": True,
            "since": from_ms(one.taken_at_ms),
            "name": one.counsellor,
            "mine": one.counsellor_id == user_id,
            "language": one.language,
            "imminent": True,
            "high": False,
            "lost": False,
            "returned": False,
        }
        for one in queue.alarms
        if one.channel in WRITTEN and one.left_at_ms is None
    ]
