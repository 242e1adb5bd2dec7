"""Care plans: the one beside a talk, the one a code opens, how often it was used, and how many there are."""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from havn.common.clock import from_ms
from havn.limits.models import CarePlan, PlanUse, PlanVersion, RecognitionCode
from havn.limits.queries.settings import settings_of
from havn.limits.rules.plans import Plan, goes_on, uses_within
from havn.limits.sealing import beside, open_plan
from havn.tenancy.models import Centre, Service
from havn.vault import rules as vault
from havn.vault.rules.wraps import decoy

CODE_INFO = b"havn recognition code 1"
_DECOY = decoy(CODE_INFO)


@dataclass(frozen=True, repr=False)
class OpenPlan:
    """A plan, opened: its latest version, and how often it was used."""

    id: int
    key: bytes
    plan: Plan
    number: int
    week: int
    month: int
    has_code: bool


def plan_beside(conversation_id: int, talk_key: bytes, *, today: dt.date) -> OpenPlan | None:
    """The plan beside a talk, opened; None where there is none. Call it after the read of the talk is on the trail."""
    found = beside(conversation_id, talk_key)
    return opened(*found, today=today) if found is not None else None


def is_there(conversation_id: int, talk_key: bytes) -> bool:
    """Whether a plan stands beside a talk and was not deleted."""
    found = beside(conversation_id, talk_key)
    return found is not None and CarePlan.objects.filter(pk=found[0]).exists()


def opened(plan_id: int, key: bytes, *, today: dt.date) -> OpenPlan | None:
    """A plan with its key; None when it was deleted."""
    row = CarePlan.objects.filter(pk=plan_id).first()
    if row is None:
        return None
    latest = PlanVersion.objects.filter(plan=row).order_by("-number").first()
    uses = list(PlanUse.objects.filter(plan=row).values_list("day", "times"))
    return OpenPlan(
        id=row.pk,
        key=key,
        plan=open_plan(latest, key) if latest else Plan(),
        number=latest.number if latest else 0,
        week=uses_within(uses, today=today, days=7),
        month=uses_within(uses, today=today, days=30),
        has_code=RecognitionCode.objects.filter(plan=row).exists(),
    )


def versions_of(found: OpenPlan) -> list[dict[str, Any]]:
    """Every version of a plan, opened, the latest first: what it said, when and by whom it was written."""
    rows = PlanVersion.objects.filter(plan_id=found.id).select_related("by").order_by("-number")
    return [
        {
            "number": one.number,
            "by": one.by.name if one.by else "",
            "at": from_ms(one.at_ms),
            "plan": open_plan(one, found.key),
        }
        for one in rows
    ]


def found_by_code(text: str, centre_id: int) -> tuple[CarePlan, bytes] | None:
    """The plan of this centre that a recognition code opens, with its key; None for every other text.

    Wrong, old and never-existing codes do the same work: one look-up, one HKDF, one opening.
    """
    code = vault.ReturnCode.parse(text)
    wanted = code or vault.ReturnCode(secrets.randbits(20), secrets.token_bytes(10))
    row = (
        RecognitionCode.objects.select_related("plan__service__organisation__centre")
        .filter(locator=wanted.locator)
        .first()
    )
    stored = vault.Wrap(bytes(row.salt), bytes(row.nonce), bytes(row.wrapped)) if row else _DECOY
    try:
        key = vault.unwrap(wanted.secret, stored, CODE_INFO)
    except vault.DoesNotOpen:
        return None
    if code is None or row is None or row.plan.service.organisation.centre_id != centre_id:
        return None
    return row.plan, key


def plans_at(service_id: int) -> int:
    """How many plans there are at a helpline; never whose."""
    return CarePlan.objects.filter(service_id=service_id).count()


def plans_over(centre: Centre, *, today: dt.date) -> list[int]:
    """Plans whose days are over."""
    services = Service.objects.filter(organisation__centre=centre).values_list("pk", flat=True)
    days = {service_id: settings_of(service_id).plan_days for service_id in services}
    with_code = set(RecognitionCode.objects.filter(plan__service_id__in=days).values_list("pk", flat=True))
    return [
        plan.pk
        for plan in CarePlan.objects.filter(service_id__in=days)
        if goes_on(
            made_on=plan.made_on,
            used_on=plan.used_on,
            has_code=plan.pk in with_code,
            keep_days=days[plan.service_id],
        )
        <= today
    ]
