"""Limits and care plans of the demo: how often each step was taken lately, and a plan whose code anybody may try."""

import datetime as dt

from django.db import transaction

from havn.accounts.models import User
from havn.common.clock import now, now_ms
from havn.helpline.retention.queries import today_in
from havn.limits.models import CarePlan, PlanUse, PlanVersion, RecognitionCode, StepCount
from havn.limits.queries.plans import CODE_INFO
from havn.limits.rules.plans import Plan
from havn.limits.sealing import seal_plan
from havn.tenancy.models import Service
from havn.vault import rules as vault

# Months ago, and how often each step was taken.
STEPS = (
    (0, {"kind-word": 4, "slower": 1}),
    (1, {"kind-word": 11, "slower": 3, "declined": 1, "pause": 1, "lifted": 1}),
)
PLANS = {
    "nb": Plan(
        helps="Å skrive litt om dagen først. Ett spørsmål om gangen.",
        not_helps="Mange råd på rad.",
        who_knows="En tante og helsesykepleieren.",
        for_child="Vi starter rolig. Du bestemmer hva vi snakker om.",
        talks_a_week=2,
    ),
    "da": Plan(
        helps="At skrive lidt om dagen først. Ét spørgsmål ad gangen.",
        not_helps="Mange råd på én gang.",
        who_knows="En moster og en lærer.",
        for_child="Vi begynder roligt. Du bestemmer, hvad vi taler om.",
        talks_a_week=2,
    ),
    "en": Plan(
        helps="To write a little about the day first. One question at a time.",
        not_helps="Much advice at once.",
        who_knows="An aunt and the school nurse.",
        for_child="We begin calmly. You decide what we talk about.",
        talks_a_week=2,
    ),
}


@transaction.atomic
def make_limits(service: Service, counsellors: list[User]) -> None:
    """The counts and the plan of one helpline, once. Its keys must be set up."""
    if not counsellors or CarePlan.objects.filter(service=service).exists():
        return
    centre = service.organisation.centre
    today = today_in(centre, now())
    for ago, steps in STEPS:
        month = (today.replace(day=1) - dt.timedelta(days=28 * ago)).replace(day=1)
        StepCount.objects.bulk_create(
            StepCount(service=service, month=month, step=step, number=number) for step, number in steps.items()
        )
    plan = PLANS.get(centre.default_language, PLANS["en"])
    key = vault.new_key()
    row = CarePlan.objects.create(
        service=service, made_on=today - dt.timedelta(days=20), used_on=today - dt.timedelta(days=2)
    )
    nonce, sealed = seal_plan(plan, plan_id=row.pk, number=1, key=key)
    PlanVersion.objects.create(
        plan=row, number=1, by=counsellors[0], at_ms=now_ms() - 20 * 86_400_000, nonce=nonce, sealed=sealed
    )
    for days, times in ((2, 1), (5, 1), (12, 2)):
        PlanUse.objects.create(plan=row, day=today - dt.timedelta(days=days), times=times)
    code = demo_code(service.pk)
    wrap = vault.wrap(code.secret, key, CODE_INFO)
    RecognitionCode.objects.create(
        plan=row, locator=code.locator, salt=wrap.salt, nonce=wrap.nonce, wrapped=wrap.wrapped
    )


def demo_code(service_id: int) -> vault.ReturnCode:
    """The code of a demo helpline's plan: for anybody who tries the demo, and so no secret."""
    return vault.ReturnCode(service_id % (1 << 20), b"demo plan!")
