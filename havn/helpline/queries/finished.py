"""What has left a counsellor's desk: talks put away today, and those whose child asks again before they were coded."""

from zoneinfo import ZoneInfo

from havn.common.clock import from_ms
from havn.helpline.models import Turn
from havn.helpline.queries.duty import last_counsellor
from havn.live.models import Participant
from havn.tenancy.models import Service


def closed_today(user_id: int, service: Service, *, now_ms: int) -> list[Turn]:
    """The person's own talks whose record was closed since midnight in the centre's time zone, the latest first."""
    zone = ZoneInfo(service.organisation.centre.time_zone)
    midnight = from_ms(now_ms).astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return list(
        Turn.objects.filter(
            service=service,
            counsellor_id=user_id,
            state=Turn.State.ENDED,
            conversation__record__completed_at__gte=midnight,
        ).order_by("-conversation__record__completed_at")
    )


def asked_again_uncoded(user_id: int, service_id: int) -> int:
    """How many children wait again whose record this person was filling in when they asked. It goes on with them."""
    waiting = Turn.objects.filter(
        service_id=service_id,
        state=Turn.State.WAITING,
        counsellor__isnull=True,
        taken_at_ms__isnull=True,
        conversation__record__isnull=False,
        conversation__record__completed_at__isnull=True,
        conversation__participants__user_id=user_id,
        conversation__participants__role=Participant.Role.COUNSELLOR,
    )
    return sum(last_counsellor(pk) == user_id for pk in waiting.values_list("pk", flat=True).distinct())
