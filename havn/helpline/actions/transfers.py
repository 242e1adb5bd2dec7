"""Handing a talk to a colleague, who accepts or declines. Until accepted it stays where it is, record and all."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import lock_queue
from havn.helpline.actions.ending import locked
from havn.helpline.actions.taking import give
from havn.helpline.actions.telling import queue_changed
from havn.helpline.models import Duty, Transfer, Turn
from havn.helpline.permissions import check_can_work_on
from havn.helpline.queries.duty import open_duty, pauses, settings_of
from havn.helpline.rules.turns import SEATED
from havn.helpline.sealing import seal_text
from havn.vault.api import Keyring


@transaction.atomic
def offer_transfer(
    *, actor: User, conversation_id: int, to: User, reason: str, keyring: Keyring, now_ms: int
) -> Transfer:
    """Offer the talk to a colleague on duty, with a reason that only the team can read."""
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    if turn.state != Turn.State.TALKING:
        raise Refused(_("This talk has already ended."))
    duty = open_duty(turn.service_id, to.pk)
    if to.pk == actor.pk or duty is None or duty.alive_until_ms <= now_ms or duty.locked_at_ms is not None:
        raise Refused(_("That colleague is not on duty now."))
    if pauses(duty, now_ms):
        raise Refused(_("That colleague has a pause."))
    if turn.language not in duty.languages:
        raise Refused(_("That colleague does not answer in the child's language."))
    nonce, sealed = seal_text(
        reason[:500], conversation_id=turn.pk, field="transfer", key=keyring.conversation_key(turn.pk)
    )
    offer, _new = Transfer.objects.update_or_create(
        pk=turn.pk,
        defaults={
            "by": actor,
            "to": to,
            "reason_nonce": nonce,
            "reason_sealed": sealed,
            "offered_at_ms": now_ms,
            "declined": False,
        },
    )
    queue_changed(turn.service_id)
    return offer


@transaction.atomic
def accept_transfer(*, actor: User, conversation_id: int, keyring: Keyring, now_ms: int) -> Turn:
    """Take the offered talk. It needs a free seat, up to the most the helpline allows."""
    service_id = Turn.objects.values_list("service_id", flat=True).get(pk=conversation_id)
    lock_queue(service_id)
    turn = locked(conversation_id)
    offer = _open_offer(conversation_id)
    if offer.to_id != actor.pk:
        raise NotAllowed(_("This talk was offered to somebody else."))
    check_room(actor, turn, now_ms)
    give(turn, to=actor, key=keyring.conversation_key(turn.pk), now_ms=now_ms)
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action="helpline.transfer.accepted",
    )
    return turn


@transaction.atomic
def decline_transfer(*, actor: User, conversation_id: int) -> None:
    """Say no: the talk stays with the colleague who offered it."""
    turn = locked(conversation_id)
    offer = _open_offer(conversation_id)
    if offer.to_id != actor.pk:
        raise NotAllowed(_("This talk was offered to somebody else."))
    Transfer.objects.filter(pk=offer.pk).update(declined=True)
    queue_changed(turn.service_id)


@transaction.atomic
def withdraw_transfer(*, actor: User, conversation_id: int) -> None:
    """Take the offer back, or clear away that it was declined."""
    turn = locked(conversation_id)
    check_can_work_on(actor, turn)
    Transfer.objects.filter(pk=conversation_id).delete()
    queue_changed(turn.service_id)


def _open_offer(conversation_id: int) -> Transfer:
    offer = Transfer.objects.filter(pk=conversation_id, declined=False).first()
    if offer is None:
        raise Refused(_("This offer is no longer open."))
    return offer


def check_room(person: User, turn: Turn, now_ms: int, *, other: bool = False) -> None:
    """Whether this person is on duty and may hold the talk besides their own. `other`: somebody else asks for them."""
    duty = Duty.objects.filter(user=person, service_id=turn.service_id, ended_at_ms__isnull=True).first()
    if duty is None or duty.alive_until_ms <= now_ms or duty.locked_at_ms is not None:
        raise Refused(_("That colleague is not on duty now.") if other else _("Go on duty first."))
    if pauses(duty, now_ms):
        said = _("You have a pause. End it first if you want to go on.")
        raise Refused(_("That colleague has a pause.") if other else said)
    held = Turn.objects.filter(
        service_id=turn.service_id, counsellor=person, state=Turn.State.TALKING, channel__in=SEATED
    ).count()
    if turn.channel in SEATED and held >= settings_of(turn.service_id).seats_most:
        raise Refused(
            _("Your colleague's seats are full.") if other else _("Your seats are full. End or hand over a talk first.")
        )
