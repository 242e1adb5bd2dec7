"""Answering or skipping the two questions, and wanting to talk with somebody."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.quality.models import Answer, Debrief, TalkWish
from havn.quality.permissions import check_can_come, check_can_end_wish, check_works
from havn.quality.queries.settings import day_at
from havn.quality.rules.answers import LATER, NO, NOW, why_not
from havn.quality.telling import quality_changed
from havn.tenancy.models import Service


@transaction.atomic
def answer_debrief(*, actor: User, service: Service, step: int | None, wish: str, now_ms: int) -> None:
    """Keep what somebody answered. "Now" calls every supervisor; "later" stands on their list until it is done.

    It leaves no line on the trail: it is nobody else's.
    """
    check_works(actor, service)
    match why_not(step=step, wish=wish):
        case "step":
            raise Refused(_("Choose one of the four."))
        case "wish":
            raise Refused(_("Choose whether you want to talk with somebody."))
    waits = Debrief.objects.select_for_update(of=("self",)).filter(service=service, user=actor).first()
    if waits is None:
        raise Refused(_("Nothing is asked any more."))
    waits.delete()
    Answer.objects.create(service=service, user=actor, day=day_at(service, now_ms), step=step, wish=wish)
    if wish != NO:
        TalkWish.objects.update_or_create(
            service=service, user=actor, defaults={"wish": wish, "since_ms": now_ms, "coming": None}
        )
        quality_changed(service.pk)


@transaction.atomic
def skip_debrief(*, actor: User, service: Service) -> None:
    """Not answered, and not asked again. Nothing is kept of it."""
    check_works(actor, service)
    Debrief.objects.filter(service=service, user=actor).delete()


@transaction.atomic
def come_to_talk(*, actor: User, wish_id: int) -> TalkWish:
    """ "I'm coming": the sound ends everywhere, and the one who asked sees who comes. The first press stands."""
    wish = _locked(wish_id)
    check_can_come(actor, wish)
    if wish.coming_id is None:
        wish.coming = actor
        wish.save(update_fields=["coming"])
        quality_changed(wish.service_id)
    return wish


@transaction.atomic
def end_wish(*, actor: User, wish_id: int) -> TalkWish:
    """They have talked, or it is not wanted any more: it is forgotten."""
    wish = _locked(wish_id)
    check_can_end_wish(actor, wish)
    TalkWish.objects.filter(pk=wish.pk).delete()
    quality_changed(wish.service_id)
    return wish


def duty_ended(service_id: int, user_id: int, now_ms: int) -> None:
    """Nobody rings for somebody who has gone home: "now" becomes "later" (told by the helpline, in the transaction that
    ends the duty)."""
    wishes = TalkWish.objects.filter(service_id=service_id, user_id=user_id, wish=NOW)
    if wishes.update(wish=LATER, coming=None):
        quality_changed(service_id)


def _locked(wish_id: int) -> TalkWish:
    wish = TalkWish.objects.select_for_update(of=("self",)).filter(pk=wish_id).first()
    if wish is None:
        raise Refused(_("This has been looked after already."))
    wish.service = Service.objects.select_related("organisation").get(pk=wish.service_id)
    return wish
