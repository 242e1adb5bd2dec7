"""Holding a talk longer than its clock: asked by one person, confirmed by another, released by either."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common import clock
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.models import Hold, Turn
from havn.helpline.retention.permissions import check_can_ask_hold, check_can_confirm_hold, check_can_release_hold
from havn.helpline.retention.queries import today_in
from havn.helpline.retention.rules import Reason, hold_stands, may_hold_until


@transaction.atomic
def ask_hold(*, actor: User, conversation_id: int, reason: str, until: dt.date) -> Hold:
    """Ask to keep a talk until a day at most 90 days from now. It stops nothing before a second person confirms."""
    turn = locked(conversation_id)
    check_can_ask_hold(actor, turn)
    today = today_in(turn.service.organisation.centre, clock.now())
    if reason not in set(Reason):
        raise Refused(_("Choose one of the reasons."))
    if not may_hold_until(until, today=today):
        raise Refused(_("Choose a day after today, at most 90 days from now."))
    before = Hold.objects.filter(pk=turn.pk).first()
    if before and hold_stands(confirmed=before.confirmed_by_id is not None, until=before.until, today=today):
        raise Refused(_("This talk is being kept already. Let it go first if the reason or the day has changed."))
    values = {
        "reason": reason,
        "until": until,
        "asked_by": actor,
        "asked_at": clock.now(),
        "confirmed_by": None,
    }
    hold, _new = Hold.objects.update_or_create(pk=turn.pk, defaults=values)
    _tell(turn, actor, "helpline.hold.asked", reason=reason, until=until.isoformat())
    return hold


@transaction.atomic
def confirm_hold(*, actor: User, conversation_id: int) -> Hold:
    """The second person says yes: the clock stops until the hold's day is over."""
    turn = locked(conversation_id)
    hold = _hold(turn)
    check_can_confirm_hold(actor, hold)
    if hold.confirmed_by_id is not None:
        raise Refused(_("Somebody has confirmed this already."))
    if hold.until < today_in(turn.service.organisation.centre, clock.now()):
        raise Refused(_("The day has passed. Ask again with a later one."))
    hold.confirmed_by = actor
    hold.save(update_fields=["confirmed_by"])
    _tell(turn, actor, "helpline.hold.confirmed", reason=hold.reason, until=hold.until.isoformat())
    return hold


@transaction.atomic
def release_hold(*, actor: User, conversation_id: int) -> None:
    """Take the hold (or the wish for one) away. A talk whose time has come goes with the next purge."""
    turn = locked(conversation_id)
    hold = _hold(turn)
    check_can_release_hold(actor, hold)
    hold.delete()
    _tell(turn, actor, "helpline.hold.released")


def _hold(turn: Turn) -> Hold:
    hold = (
        Hold.objects.select_for_update(of=("self",))
        .select_related("conversation__service__organisation")
        .filter(pk=turn.pk)
        .first()
    )
    if hold is None:
        raise Refused(_("This talk is not being kept longer any more."))
    return hold


def _tell(turn: Turn, actor: User, action: str, **codes: str) -> None:
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action=action,
        subject=f"conversation:{turn.pk}",
        **codes,
    )
