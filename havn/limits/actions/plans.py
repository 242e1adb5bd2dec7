"""Offering, writing, recognising and deleting care plans.

A plan has a key of its own. The child comes to it with its code, a counsellor with the key of a talk that carries it
(`sealing.lay_beside`); by the same way the child asks for a code in that talk.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import from_ms, now
from havn.common.clock import now_ms as clock_ms
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import tell
from havn.helpline.forms_public import read_start
from havn.helpline.models import Turn
from havn.helpline.retention.queries import today_in
from havn.limits import deleted, replaced, words
from havn.limits.models import CarePlan, PlanUse, PlanVersion, RecognitionCode
from havn.limits.permissions import check_can_write_plan
from havn.limits.queries.plans import CODE_INFO, OpenPlan, found_by_code, opened, plan_beside, plans_over
from havn.limits.rules.plans import Plan
from havn.limits.sealing import beside, lay_beside, seal_plan
from havn.limits.telling import limits_changed
from havn.live.api import Started
from havn.tenancy.models import Centre, Service
from havn.vault import rules as vault


@transaction.atomic
def offer_plan(*, actor: User, conversation_id: int, key: bytes, now_ms: int) -> None:
    """Make an empty plan beside this talk, and tell the child that there can be one. Said twice is said once."""
    turn = locked(conversation_id)
    check_can_write_plan(actor, turn)
    today = _today(turn.service, now_ms)
    if plan_beside(turn.pk, key, today=today) is not None:
        return
    if turn.state != Turn.State.TALKING and turn.channel == Turn.Channel.CHAT:
        raise Refused(_("The talk is over. A plan is offered while the child is there."))
    plan = CarePlan.objects.create(service=turn.service, made_on=today)
    lay_beside(conversation_id=turn.pk, talk_key=key, plan_id=plan.pk, plan_key=vault.new_key())
    if turn.channel != Turn.Channel.PHONE:
        tell(turn.pk, key, words.OFFERED)
    _note(actor, turn.service, "limits.plan.offered")


@transaction.atomic
def write_plan(*, actor: User, conversation_id: int, key: bytes, plan: Plan, number: int, now_ms: int) -> None:
    """Keep a new version of the plan beside this talk. `number` is the version that the screen showed."""
    turn = locked(conversation_id)
    check_can_write_plan(actor, turn)
    there = _beside(turn, key, now_ms)
    # Locked, so that two windows cannot both write the same version.
    CarePlan.objects.select_for_update(of=("self",)).get(pk=there.id)
    fresh = _beside(turn, key, now_ms)
    if fresh.number != number:
        raise Refused(_("The plan was changed in another window. Load it again."))
    if plan == fresh.plan and fresh.number:
        return
    nonce, sealed = seal_plan(plan, plan_id=there.id, number=number + 1, key=there.key)
    PlanVersion.objects.create(plan_id=there.id, number=number + 1, by=actor, at_ms=now_ms, nonce=nonce, sealed=sealed)
    _note(actor, turn.service, "limits.plan.written")


@transaction.atomic
def recognise(*, actor: User, conversation_id: int, key: bytes, code: str, now_ms: int) -> None:
    """The child says the code in the talk or on the telephone, and the counsellor types it."""
    turn = locked(conversation_id)
    check_can_write_plan(actor, turn)
    found = _found(turn.service, code)
    if found is None:
        raise Refused(wrong_code())
    _lay(turn, key, found, now_ms)
    _note(actor, turn.service, "limits.plan.recognised")


@transaction.atomic
def make_code_at_desk(*, actor: User, conversation_id: int, key: bytes, now_ms: int) -> str:
    """A code that the counsellor reads out on the telephone. Only calls: a child who writes asks for it there."""
    turn = locked(conversation_id)
    check_can_write_plan(actor, turn)
    if turn.channel != Turn.Channel.PHONE:
        raise Refused(_("The child sees the code on its own page, when it asks for it."))
    there = _beside(turn, key, now_ms)
    text = _fresh_code(there.id, there.key)
    _note(actor, turn.service, "limits.plan.code")
    return text


@transaction.atomic
def make_code(*, conversation_id: int, talk_key: bytes) -> str:
    """The child asks for the code of the plan beside its talk: shown once and kept nowhere. A former one ends.

    Raises Refused where there is no plan.
    """
    found = beside(conversation_id, talk_key)
    plan = CarePlan.objects.select_for_update(of=("self",)).filter(pk=found[0]).first() if found else None
    if found is None or plan is None:
        raise Refused(_("There is nothing written down here."))
    return _fresh_code(plan.pk, found[1])


def given_at_start(started: Started, fields: Mapping[str, str]) -> None:
    """A chat or a letter began: if a code stands in its form, its plan is laid beside it. Refused for a wrong one.

    Runs in the transaction that starts it, so that a wrong code starts nothing and the form comes back whole. Who is in
    danger is kept out by no code: one that opens nothing is skipped.
    """
    typed = fields.get("plan_code", "").strip()
    if not typed:
        return
    turn = Turn.objects.select_related("service__organisation__centre").get(pk=started.conversation_id)
    found = _found(turn.service, typed)
    if found is not None:
        _lay(turn, started.key, found, clock_ms())
    elif not read_start(fields).in_danger:
        raise Refused(wrong_code())


@transaction.atomic
def read_by_child(*, centre_id: int, code: str) -> OpenPlan | None:
    """What its child may read of the plan of this code; None for a code that opens none. Reading it is a use of it."""
    found = found_by_code(code, centre_id)
    if found is None:
        return None
    plan, key = found
    day = _today(plan.service, clock_ms())
    if plan.used_on != day:
        CarePlan.objects.filter(pk=plan.pk).update(used_on=day)
    return opened(plan.pk, key, today=day)


@transaction.atomic
def delete_plan(*, centre_id: int, code: str) -> bool:
    """The child deletes its plan for good. False for a code that opens none."""
    found = found_by_code(code, centre_id)
    if found is None:
        return False
    plan, _key = found
    deleted.remember(plan.pk)
    deleted.destroy([plan.pk])
    limits_changed(plan.service_id)
    # That one went, not whose and not in which talk it was given.
    audit.record(centre_id=centre_id, service_id=plan.service_id, action="limits.plan.deleted")
    return True


def forget_plans(centre: Centre) -> None:
    """Destroy the plans whose days are over. For the nightly purge; it may run twice."""
    over = plans_over(centre, today=today_in(centre, now()))
    for start in range(0, len(over), 25):
        with transaction.atomic():
            deleted.destroy(over[start : start + 25])
    if over:
        with transaction.atomic():
            audit.record(centre_id=centre.pk, action="limits.plans.purged", plans=len(over))


def _found(service: Service, code: str) -> tuple[CarePlan, bytes] | None:
    """The plan of this helpline that the code opens."""
    found = found_by_code(code, service.organisation.centre_id)
    return found if found is not None and found[0].service_id == service.pk else None


def _lay(turn: Turn, talk_key: bytes, found: tuple[CarePlan, bytes], now_ms: int) -> None:
    """Lay the plan beside the talk and count the use, once."""
    plan, plan_key = found
    if beside(turn.pk, talk_key) == (plan.pk, plan_key):
        return
    lay_beside(conversation_id=turn.pk, talk_key=talk_key, plan_id=plan.pk, plan_key=plan_key)
    day = _today(turn.service, now_ms)
    row, _new = PlanUse.objects.get_or_create(plan=plan, day=day)
    PlanUse.objects.filter(pk=row.pk).update(times=F("times") + 1)
    CarePlan.objects.filter(pk=plan.pk).update(used_on=day)
    tell(turn.pk, talk_key, words.RECOGNISED)
    limits_changed(turn.service_id)


def wrong_code() -> str:
    """The same words for every code that opens nothing, the same as for return codes."""
    return _("This code opens nothing. Look at it once more: it has five groups of four.")


def _fresh_code(plan_id: int, key: bytes) -> str:
    """Draws again while a locator is taken. The former code of the plan stops working, after a restore too."""
    former = RecognitionCode.objects.filter(pk=plan_id).first()
    if former is not None:
        replaced.remember(former)
        former.delete()
    for _draw in range(200):
        code = vault.ReturnCode.make()
        if RecognitionCode.objects.filter(locator=code.locator).exists():
            continue
        wrap = vault.wrap(code.secret, key, CODE_INFO)
        RecognitionCode.objects.create(
            pk=plan_id, locator=code.locator, salt=wrap.salt, nonce=wrap.nonce, wrapped=wrap.wrapped
        )
        return code.text
    raise Refused(_("No code can be made just now. Please try again in a while."))


def _beside(turn: Turn, key: bytes, now_ms: int) -> OpenPlan:
    found = beside(turn.pk, key)
    there = opened(*found, today=_today(turn.service, now_ms)) if found else None
    if there is None:
        raise Refused(_("There is no plan beside this talk any more."))
    return there


def _today(service: Service, now_ms: int) -> dt.date:
    return today_in(service.organisation.centre, from_ms(now_ms))


def _note(actor: User, service: Service, action: str) -> None:
    limits_changed(service.pk)
    audit.record(centre_id=service.organisation.centre_id, actor_id=actor.pk, service_id=service.pk, action=action)
