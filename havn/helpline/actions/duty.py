"""Coming on duty and going off it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.api import has_role
from havn.accounts.models import Role, User
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.helpline import words
from havn.helpline.actions.telling import duty_changed, queue_changed, tell
from havn.helpline.beside import tell_handed, tell_off_duty
from havn.helpline.models import Duty, ServiceQueue, Turn
from havn.helpline.permissions import check_can_be_on_duty, check_can_work_on
from havn.helpline.queries.duty import settings_of
from havn.helpline.rules.duty import STARTUP_GRACE_MS
from havn.helpline.rules.turns import WRITTEN, Step, after
from havn.live import api as live
from havn.live.models import Conversation
from havn.tenancy.models import Service


@transaction.atomic
def go_on_duty(*, actor: User, service: Service, role: str, seats: int, languages: Sequence[str], now_ms: int) -> Duty:
    """Open a duty, or change the open one. The lease starts with a minute, until the desk has answered a ping.

    `seats` is cut to what the helpline allows; 0 is a supervisor who only watches.
    """
    check_can_be_on_duty(actor, service)
    if role not in (Role.COUNSELLOR, Role.SUPERVISOR, Role.COORDINATOR) or not has_role(actor, service, role):
        raise NotAllowed(_("You don't have that role at this helpline."))
    spoken = [code for code in dict.fromkeys(languages) if code in set(service.languages)]
    if not spoken:
        raise Refused(_("Choose at least one language you can answer in."))
    lock_queue(service.pk)
    seats = max(0, min(seats, settings_of(service.pk).seats_most))
    duty, _new = Duty.objects.update_or_create(
        user=actor,
        service=service,
        ended_at_ms=None,
        defaults={
            "role": role,
            "seats": seats,
            "languages": spoken,
            "alive_until_ms": now_ms + STARTUP_GRACE_MS,
            "locked_at_ms": None,
        },
        create_defaults={
            "role": role,
            "seats": seats,
            "languages": spoken,
            "started_at_ms": now_ms,
            "alive_until_ms": now_ms + STARTUP_GRACE_MS,
        },
    )
    duty_changed(service.pk)
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action="helpline.duty.started",
        role=role,
        seats=seats,
    )
    return duty


@transaction.atomic
def go_off_duty(*, actor: User, service: Service, give_back: bool, now_ms: int) -> None:
    """End the duty. With open talks only if they are given back: those children come first in the queue."""
    lock_queue(service.pk)
    talks = list(
        Turn.objects.select_for_update(of=("self",)).filter(
            service=service, counsellor=actor, state=Turn.State.TALKING, channel=Turn.Channel.CHAT
        )
    )
    if Turn.objects.filter(
        service=service, counsellor=actor, state=Turn.State.TALKING, channel=Turn.Channel.PHONE
    ).exists():
        # A call cannot be given back: the caller is on this person's telephone.
        raise Refused(_("You are in a call. End it first."))
    if talks and not give_back:
        raise Refused(_("You still have open talks. End them, hand them over or give them back first."))
    for turn in talks:
        offer_to_others(turn, now_ms=now_ms, name=actor.shown_name, why="given-back")
    close_duties(service_id=service.pk, user_id=actor.pk, now_ms=now_ms)
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action="helpline.duty.ended",
    )


@transaction.atomic
def take_pause(*, actor: User, service: Service, minutes: int, now_ms: int) -> Duty:
    """Take nobody new for so many minutes. Open talks go on, and the duty counts for the opening rule all the while.

    It leaves no line on the trail: who rests, and how often, is measured nowhere.
    """
    lock_queue(service.pk)
    duty = Duty.objects.filter(user=actor, service=service, ended_at_ms__isnull=True).first()
    if duty is None:
        raise Refused(_("Go on duty first."))
    duty.pause_until_ms = now_ms + minutes * 60_000
    duty.save(update_fields=["pause_until_ms"])
    duty_changed(service.pk)
    return duty


@transaction.atomic
def end_pause(*, actor: User, service: Service) -> None:
    """Go on before the pause is over. Without one nothing happens."""
    lock_queue(service.pk)
    open_here = Duty.objects.filter(user=actor, service=service, ended_at_ms__isnull=True)
    if open_here.exclude(pause_until_ms=None).update(pause_until_ms=None):
        duty_changed(service.pk)


def close_duties(*, service_id: int, user_id: int, now_ms: int) -> None:
    """End the person's open duty here and lay their letters back. Talks are the caller's concern."""
    open_here = Duty.objects.filter(service_id=service_id, user_id=user_id, ended_at_ms__isnull=True)
    open_here.update(ended_at_ms=now_ms, pause_until_ms=None)
    letters = Turn.objects.select_for_update(of=("self",)).filter(
        service_id=service_id, counsellor_id=user_id, state=Turn.State.TALKING, channel__in=WRITTEN
    )
    for letter in letters:
        lay_back(letter, now_ms=now_ms)
    tell_off_duty(service_id, user_id, now_ms)
    duty_changed(service_id)


@transaction.atomic
def lay_back_letter(*, actor: User, conversation_id: int, now_ms: int) -> None:
    """Put one's own letter back for a colleague; what has been written stays."""
    letter = Turn.objects.select_for_update(of=("self",)).select_related("service").filter(pk=conversation_id).first()
    if letter is None or letter.channel not in WRITTEN:
        raise Refused(_("Only letters can be laid back."))
    check_can_work_on(actor, letter)
    lay_back(letter, now_ms=now_ms)


def lay_back(letter: Turn, *, now_ms: int) -> None:
    """Put a letter back among those that wait, at its old place. The row must be locked."""
    state = after(letter.state, Step.LAY_BACK)
    if state is None:
        return
    user_id = letter.counsellor_id
    Turn.objects.filter(pk=letter.pk).update(state=state, counsellor=None)
    live.set_state(conversation_id=letter.pk, state=Conversation.State.WAITING, now_ms=now_ms)
    if user_id is not None:
        live.leave(conversation_id=letter.pk, user_id=user_id, now_ms=now_ms)
    tell_handed(letter, now_ms)
    queue_changed(letter.service_id)


def offer_to_others(turn: Turn, *, now_ms: int, name: str, why: str = "lost") -> None:
    """Give a running talk back: first in the queue, still holding its seat. The row must be locked.

    `why` is what colleagues are told: "lost", or "given-back" by a counsellor who goes off duty.
    """
    if turn.returned_at_ms is not None:
        return
    Turn.objects.filter(pk=turn.pk).update(
        returned_at_ms=now_ms, counsellor_lost_at_ms=turn.counsellor_lost_at_ms or now_ms
    )
    tell(turn.pk, None, words.RETURNED, name=name, why=why)
    queue_changed(turn.service_id)


def lock_queue(service_id: int) -> ServiceQueue:
    """The service's one row, locked until the transaction ends: seats and picks change one at a time."""
    ServiceQueue.objects.get_or_create(pk=service_id)
    return ServiceQueue.objects.select_for_update(of=("self",)).get(pk=service_id)
