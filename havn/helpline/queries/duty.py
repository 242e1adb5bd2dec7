"""Who is on duty, and how full their seats are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from havn.common.once import once
from havn.helpline.models import Duty, HelplineSettings, ServiceQueue, Turn
from havn.helpline.rules import queue as order
from havn.helpline.rules.turns import SEATED
from havn.live.models import Participant

_OF_A_DUTY = (
    "pk", "user_id", "user__name", "role", "seats", "languages", "alive_until_ms", "locked_at_ms", "pause_until_ms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person on duty. `alive` is false from the end of the lease on; the seats still hold their talks."""

    duty_id: int
    user_id: int
    name: str
    role: str
    seats: int
    open_talks: int
    languages: tuple[str, ...]
    alive: bool
    locked: bool
    pause_until_ms: int | None = None

    @property
    def free(self) -> int:
        """Seats that a child could have now."""
        there = self.alive and not self.locked and self.pause_until_ms is None
        return max(self.seats - self.open_talks, 0) if there else 0

    @property
    def seats_now(self) -> int:
        """The seats that count for those who wait: in a pause only the taken ones, a free one is nobody's."""
        return self.seats if self.pause_until_ms is None else min(self.seats, self.open_talks)

    @property
    def seat_marks(self) -> list[bool]:
        """One mark a seat, True for a taken one; a third talk above two seats is a mark of its own."""
        return [number < self.open_talks for number in range(max(self.seats, self.open_talks))]


def settings_of(service_id: int) -> HelplineSettings:
    """The helpline's own settings, or the defaults of the product (unsaved). Read once for a page."""
    return once(("helpline.settings", service_id), lambda: _settings(service_id))


def _settings(service_id: int) -> HelplineSettings:
    return HelplineSettings.objects.filter(pk=service_id).first() or HelplineSettings(service_id=service_id)


def on_duty(service_id: int, *, now_ms: int) -> list[OnDuty]:
    """Everybody whose duty is open, by name."""
    talks = Counter(
        Turn.objects.filter(service_id=service_id, state=Turn.State.TALKING, channel__in=SEATED).values_list(
            "counsellor_id", flat=True
        )
    )
    duties = Duty.objects.filter(service_id=service_id, ended_at_ms__isnull=True).values(*_OF_A_DUTY)
    people = [
        OnDuty(
            duty_id=duty["pk"],
            user_id=duty["user_id"],
            name=duty["user__name"],
            role=duty["role"],
            seats=duty["seats"],
            open_talks=talks[duty["user_id"]],
            languages=tuple(duty["languages"]),
            alive=duty["alive_until_ms"] > now_ms,
            locked=duty["locked_at_ms"] is not None,
            pause_until_ms=duty["pause_until_ms"] if (duty["pause_until_ms"] or 0) > now_ms else None,
        )
        for duty in duties
    ]
    return sorted(people, key=lambda person: (person.name, person.user_id))


def open_duty(service_id: int, user_id: int) -> Duty | None:
    """The open duty of this person at this service. Read once for a page."""
    return once(("helpline.duty", service_id, user_id), lambda: _open_duty(service_id, user_id))


def _open_duty(service_id: int, user_id: int) -> Duty | None:
    return Duty.objects.filter(service_id=service_id, user_id=user_id, ended_at_ms__isnull=True).first()


def pauses(duty: Duty, now_ms: int) -> bool:
    """Whether this person has a pause and takes nobody new."""
    return duty.pause_until_ms is not None and duty.pause_until_ms > now_ms


def room_at(
    user_id: int, *, people: Iterable[OnDuty], talks: Iterable[dict[str, Any]], most: int, for_high_risk: int
) -> order.Room:
    """The room of one colleague on duty among these talks. Asking is a sign of life: the own lease counts as alive."""
    here = {person.user_id: person for person in people if person.alive or person.user_id == user_id}
    if here[user_id].pause_until_ms is not None:
        return order.Room(ordinary=False, high=False, returned=False)
    talking = Counter(talk["counsellor_id"] for talk in talks)
    ordinary = sum(
        talk["counsellor_id"] in here and not order.is_high(in_danger=talk["in_danger"], risk=talk["risk"])
        for talk in talks
    )
    return order.room(
        open_talks=talking[user_id],
        seats=here[user_id].seats,
        most=most,
        shift_seats=sum(person.seats_now for person in here.values()),
        shift_ordinary=ordinary,
        for_high_risk=for_high_risk,
    )


def last_counsellor(conversation_id: int) -> int | None:
    """Who had the talk last, whether or not they have it still."""
    parts = Participant.objects.filter(conversation_id=conversation_id, role=Participant.Role.COUNSELLOR)
    return parts.order_by("-joined_at_ms", "pk").values_list("user_id", flat=True).first()


def below_since_ms(service_id: int) -> int | None:
    """Since when the service has had fewer on duty than its opening rule asks; None while it has enough."""
    return ServiceQueue.objects.filter(pk=service_id).values_list("below_since_ms", flat=True).first()
