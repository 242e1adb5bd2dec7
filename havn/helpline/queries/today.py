"""The numbers of the day for the wall."""

from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from havn.common.clock import from_ms
from havn.helpline.models import Contact, Turn
from havn.helpline.rules.record import half_hour_of
from havn.tenancy.models import Service


@dataclass(frozen=True, slots=True)
class Today:
    """What the shift has done since midnight in the centre's time zone. `closed`: we closed on them."""

    answered: int
    left: int
    closed: int


def today_at(service_id: int, at_ms: int) -> Today:
    """What became of those who were answered or left since midnight: contacts, and the talks that are none yet.

    A contact stays when its talk is deleted or asked again, so that no number falls by it.
    """
    centre_id, zone = Service.objects.values_list("organisation__centre_id", "organisation__centre__time_zone").get(
        pk=service_id
    )
    midnight = from_ms(at_ms).astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    counted = Counter(
        Contact.objects.filter(
            centre_id=centre_id, service_id=service_id, channel=Turn.Channel.CHAT, half_hour__gte=midnight
        ).values_list("result", flat=True)
    )
    running = Turn.objects.filter(
        service_id=service_id,
        channel=Turn.Channel.CHAT,
        state__in=(Turn.State.TALKING, Turn.State.ENDED),
        counted=False,
        taken_at_ms__gte=int(midnight.timestamp() * 1000),
    ).values_list("taken_at_ms", "counted_half_hour_ms", "counted_weight")
    # An attempt that was answered before in the same half-hour is one contact with this one (counting.py).
    uncounted = sum(half_hour != half_hour_of(taken or 0) or not weight for taken, half_hour, weight in running)
    return Today(answered=counted["answered"] + uncounted, left=counted["left"], closed=counted["closed"])
