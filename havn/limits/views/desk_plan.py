"""A care plan beside a talk: offering it, writing it, and finding it by the code that a child says."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.clock import now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.reading import duty_session, key_to_read
from havn.helpline.forms_desk import whole_number
from havn.helpline.models import Turn
from havn.helpline.permissions import can_work_on
from havn.helpline.retention.queries import today_in
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, desk_address, reader_of, refusals_stay_here, turn_here
from havn.limits.actions import plans
from havn.limits.forms import PlanForm
from havn.limits.permissions import check_can_write_plan
from havn.limits.queries.plans import OpenPlan, plan_beside, versions_of
from havn.limits.queries.settings import settings_of


@staff(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def desk_plan(request: HttpRequest, talk: int) -> HttpResponse:
    """Read the plan beside this talk, and write it."""
    turn = turn_here(request, talk)
    key = _key(request, turn)
    found = _found(turn, key)
    posted = request.POST if request.method == "POST" else None
    form = PlanForm.of(found.plan, posted) if found else None
    if posted is not None:
        check_can_write_plan(actor_of(request), turn)
        if form is not None and form.is_valid():
            try:
                _write(request, turn, key, form)
            except NotAllowed:
                raise
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(desk_address(turn.service, turn.pk))
    return _show(request, turn, found, form)


@staff(*WORKS)
@require_POST
@refusals_stay_here
def offer_plan(request: HttpRequest, talk: int) -> HttpResponse:
    """Make one, and tell the child."""
    turn = turn_here(request, talk)
    plans.offer_plan(actor=actor_of(request), conversation_id=turn.pk, key=_key(request, turn), now_ms=now_ms())
    return HttpResponseRedirect(_address(turn))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def recognise(request: HttpRequest, talk: int) -> HttpResponse:
    """Find the plan by the code that the child says."""
    turn = turn_here(request, talk)
    plans.recognise(
        actor=actor_of(request),
        conversation_id=turn.pk,
        key=_key(request, turn),
        code=request.POST.get("code", "")[:120],
        now_ms=now_ms(),
    )
    return HttpResponseRedirect(_address(turn))


@staff(*WORKS)
@require_POST
@refusals_stay_here
def desk_code(request: HttpRequest, talk: int) -> HttpResponse:
    """A code to be read out on the telephone: shown once, in the answer to the press."""
    turn = turn_here(request, talk)
    key = _key(request, turn)
    code = plans.make_code_at_desk(actor=actor_of(request), conversation_id=turn.pk, key=key, now_ms=now_ms())
    found = _found(turn, key)
    form = PlanForm.of(found.plan) if found else None
    return _show(request, turn, found, form, code=code)


def _show(
    request: HttpRequest, turn: Turn, found: OpenPlan | None, form: PlanForm | None, *, code: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "turn": turn,
        "service": turn.service,
        "plan": found,
        "versions": versions_of(found) if found else [],
        "form": form,
        "code": code,
        "mine": can_work_on(actor_of(request), turn),
        "days": settings_of(turn.service_id).plan_days,
        "desk_url": desk_address(turn.service, turn.pk),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "limits/desk_plan.html", context, status=status)


def _write(request: HttpRequest, turn: Turn, key: bytes, form: PlanForm) -> None:
    plans.write_plan(
        actor=actor_of(request),
        conversation_id=turn.pk,
        key=key,
        plan=form.plan(),
        number=whole_number(request.POST.get("number"), 0),
        now_ms=now_ms(),
    )


def _found(turn: Turn, key: bytes) -> OpenPlan | None:
    return plan_beside(turn.pk, key, today=today_in(turn.service.organisation.centre, now()))


def _key(request: HttpRequest, turn: Turn) -> bytes:
    """The talk's key, after the read stands on the trail."""
    reader = reader_of(request)
    session = duty_session(reader.user.pk, turn.service_id, reader.session_hash)
    return key_to_read(actor=reader.user, turn=turn, keyring=reader.keyring, session=session)


def _address(turn: Turn) -> str:
    return reverse("limits:desk_plan", args=[turn.pk])
