"""The keys of care plans: under the code, and beside each talk in which a plan was made or given, under its key."""

import json

from havn.helpline.sealing import open_text, seal_text
from havn.limits.models import PlanBeside, PlanVersion
from havn.limits.rules.plans import Plan, plan_of
from havn.vault.rules import DoesNotOpen

BESIDE = "plan-beside"


def lay_beside(*, conversation_id: int, talk_key: bytes, plan_id: int, plan_key: bytes) -> None:
    """Join a plan to a talk so that only whoever opens the talk finds it. Another one takes the place of the first."""
    text = f"{plan_id} {plan_key.hex()}"
    nonce, sealed = seal_text(text, conversation_id=conversation_id, field=BESIDE, key=talk_key)
    PlanBeside.objects.update_or_create(pk=conversation_id, defaults={"nonce": nonce, "sealed": sealed})


def beside(conversation_id: int, talk_key: bytes) -> tuple[int, bytes] | None:
    """(plan, its key) beside a talk; None where there is none. The plan itself may be deleted meanwhile."""
    row = PlanBeside.objects.filter(pk=conversation_id).first()
    if row is None:
        return None
    try:
        text = open_text(row.nonce, row.sealed, conversation_id=conversation_id, field=BESIDE, key=talk_key)
    except DoesNotOpen:
        return None
    number, _between, key = text.partition(" ")
    return int(number), bytes.fromhex(key)


def seal_plan(plan: Plan, *, plan_id: int, number: int, key: bytes) -> tuple[bytes, bytes]:
    """(nonce, sealed) of a version."""
    values = {
        "helps": plan.helps,
        "not_helps": plan.not_helps,
        "who_knows": plan.who_knows,
        "for_child": plan.for_child,
        "talks_a_week": plan.talks_a_week,
    }
    text = json.dumps(values, ensure_ascii=False)
    return seal_text(text, conversation_id=plan_id, field=f"plan:{number}", key=key)


def open_plan(version: PlanVersion, key: bytes) -> Plan:
    """What a version says. Raises what the vault raises for a wrong key."""
    text = open_text(
        version.nonce, version.sealed, conversation_id=version.plan_id, field=f"plan:{version.number}", key=key
    )
    return plan_of(json.loads(text))
