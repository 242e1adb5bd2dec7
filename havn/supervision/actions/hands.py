"""Raising a hand, answering it, and taking it down. Who is fast is not measured: nothing of it outlives the hand."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import NotAllowed, Refused
from havn.helpline.models import Duty, Turn
from havn.helpline.permissions import check_can_be_on_duty
from havn.helpline.queries.duty import open_duty
from havn.helpline.sealing import seal_text
from havn.helpline.team_sealing import destroy_keys, seal_for_team
from havn.supervision.models import RaisedHand
from havn.supervision.permissions import check_can_supervise
from havn.supervision.telling import supervision_changed
from havn.tenancy.models import Service
from havn.vault.api import Keyring

LONGEST = 300
FIELD = "hand"


@transaction.atomic
def raise_hand(
    *, actor: User, service: Service, conversation_id: int | None, words: str, keyring: Keyring, now_ms: int
) -> RaisedHand:
    """ "I need you", for a talk or for oneself. Raised again it calls anew, with what is said now."""
    check_can_be_on_duty(actor, service)
    duty = open_duty(service.pk, actor.pk)
    if duty is None:
        raise Refused(_("Go on duty first."))
    if conversation_id is not None:
        mine = Turn.objects.filter(pk=conversation_id, service=service, counsellor=actor)
        if not mine.exists():
            raise NotAllowed(_("This talk is with a colleague."))
    _destroy(RaisedHand.objects.select_for_update(of=("self",)).filter(duty=duty).first())
    key_id, nonce, sealed = _sealed(words.strip()[:LONGEST], service, conversation_id, keyring)
    hand = RaisedHand.objects.create(
        duty=duty,
        conversation_id=conversation_id,
        words_nonce=nonce,
        words_sealed=sealed,
        key_id=key_id,
        raised_at_ms=now_ms,
    )
    supervision_changed(service.pk)
    return hand


@transaction.atomic
def come(*, actor: User, duty_id: int, now_ms: int) -> RaisedHand:
    """ "I'm coming": the sound ends everywhere, and the one who called sees who comes. The first press stands."""
    hand = _locked(duty_id)
    check_can_supervise(actor, hand.duty.service)
    if hand.duty.user_id == actor.pk:
        raise Refused(_("This is your own hand. A colleague has to come."))
    if hand.coming_id is None:
        hand.coming, hand.coming_at_ms = actor, now_ms
        hand.save(update_fields=["coming", "coming_at_ms"])
        supervision_changed(hand.duty.service_id)
    return hand


@transaction.atomic
def take_down(*, actor: User, duty_id: int) -> None:
    """The hand goes down: by the one who raised it, or by whoever has come."""
    hand = _locked(duty_id)
    if actor.pk not in {hand.duty.user_id, hand.coming_id}:
        raise NotAllowed(_("Only the one who raised the hand, or who has come, can take it down."))
    _destroy(hand)
    supervision_changed(hand.duty.service_id)


def duty_ended(service_id: int, user_id: int, now_ms: int) -> None:
    """A hand ends with its duty (told by the helpline, in the transaction that ends it)."""
    hands = list(RaisedHand.objects.filter(duty__service_id=service_id, duty__user_id=user_id))
    for hand in hands:
        _destroy(hand)
    if hands:
        supervision_changed(service_id)


def _locked(duty_id: int) -> RaisedHand:
    hand = RaisedHand.objects.select_for_update(of=("self",)).filter(pk=duty_id).first()
    if hand is None:
        raise Refused(_("This hand is down already."))
    hand.duty = Duty.objects.select_related("service__organisation", "user").get(pk=duty_id)
    return hand


def _sealed(
    words: str, service: Service, conversation_id: int | None, keyring: Keyring
) -> tuple[int | None, bytes, bytes]:
    if not words:
        return None, b"", b""
    if conversation_id is None:
        return seal_for_team(words, service_id=service.pk, field=FIELD)
    key = keyring.conversation_key(conversation_id)
    return None, *seal_text(words, conversation_id=conversation_id, field=FIELD, key=key)


def _destroy(hand: RaisedHand | None) -> None:
    if hand is None:
        return
    if hand.key_id is not None:
        destroy_keys([hand.key_id])
    RaisedHand.objects.filter(pk=hand.pk).delete()
