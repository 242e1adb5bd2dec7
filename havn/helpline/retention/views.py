"""The screen "What goes when", and asking for, confirming and ending a hold."""

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.audit.models import Entry
from havn.common.clock import from_ms, now
from havn.common.errors import NotAllowed, Refused
from havn.helpline.models import Hold, Turn
from havn.helpline.parts import Screen, parts_of
from havn.helpline.retention import holds, queries
from havn.helpline.retention.forms import HoldForm, TalksForm, reason_words
from havn.helpline.retention.kinds import kinds, what_stays
from havn.helpline.retention.permissions import can_confirm_hold, check_can_ask_hold
from havn.helpline.retention.rules import hold_stands
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.helpline.views.desk_answers import actor_of, keys_of, services_here, turn_here
from havn.tasks.api import due_of
from havn.tenancy.models import Centre

DAYS_SHOWN = 7
TALKS_SHOWN = 20
# Nightly, so a purge older than this was missed.
LATE = dt.timedelta(hours=26)
USUAL_HOLD = dt.timedelta(days=30)


@staff(*SUPERVISES)
@require_safe
def when(request: HttpRequest) -> HttpResponse:
    """Counts by clock and day, the proof of the last purge, the holds. No word of any talk."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    services = services_here(request, *SUPERVISES)
    moment, today = now(), queries.today_in(centre, now())
    day, number = TalksForm(request.GET).chosen()
    context = {
        "zone": centre.time_zone,
        "purge": _proof(queries.last_purge(centre.pk), moment),
        "next_purge": due_of("helpline.purge"),
        "helplines": [_with_days(one, today) for one in queries.schedules(centre, services, now=moment)],
        "holds": [_hold_row(request, hold, today) for hold in queries.holds_of(services)],
        "page": queries.talks_to_keep(centre, services, day=day, number=number, most=TALKS_SHOWN),
        "day": day,
        "today": today,
        "kinds": kinds(centre.pk, now=moment, may_set=bool(services_here(request, *MANAGES))),
        "stays": what_stays(),
        "parts_by_service": [
            parts_of(Screen(actor_of(request), service, keys_of(request)), "when")["parts"] for service in services
        ],
    }
    return render(request, "helpline/manage_when.html", context)


@staff(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, talk: int) -> HttpResponse:
    """Ask to keep one talk longer."""
    turn = turn_here(request, talk)
    check_can_ask_hold(actor_of(request), turn)
    centre: Centre = request.centre  # type: ignore[attr-defined]
    today = queries.today_in(centre, now())
    form = HoldForm(request.POST or None, today=today, initial={"until": today + USUAL_HOLD})
    if request.method == "POST" and form.is_valid():
        try:
            holds.ask_hold(actor=actor_of(request), conversation_id=turn.pk, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Asked. A second person has to confirm it: until then the clock runs on."))
            return _back(request)
    there = Hold.objects.filter(pk=turn.pk).first()
    context = {
        "zone": centre.time_zone,
        "form": form,
        "started": from_ms(turn.waiting_since_ms),
        "there": _hold_row(request, there, today) if there else None,
        "goes": queries.goes_at(turn),
    }
    return render(request, "helpline/manage_hold.html", context, status=400 if form.errors else 200)


@staff(*SUPERVISES)
@require_POST
def confirm(request: HttpRequest, talk: int) -> HttpResponse:
    """The second person confirms."""
    holds.confirm_hold(actor=actor_of(request), conversation_id=turn_here(request, talk).pk)
    messages.success(request, _("Confirmed. The talk is kept up to its day."))
    return _back(request)


@staff(*WORKS)
@require_POST
def release(request: HttpRequest, talk: int) -> HttpResponse:
    """Let the talk go by its clock again."""
    holds.release_hold(actor=actor_of(request), conversation_id=turn_here(request, talk).pk)
    messages.success(request, _("The talk goes by its clock again."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the screen, or to the desk for those who may not open it."""
    return redirect("helpline:when" if services_here(request, *SUPERVISES) else "helpline:desk")


def _proof(entry: Entry | None, moment: dt.datetime) -> dict[str, Any] | None:
    if entry is None:
        return None
    at = from_ms(entry.at_ms)
    return {**json.loads(entry.codes), "at": at, "late": moment - at > LATE, "entry": entry.seq}


def _with_days(one: queries.Schedule, today: dt.date) -> dict[str, Any]:
    days = [today + dt.timedelta(days=number) for number in range(DAYS_SHOWN)]
    return {
        "service": one.service,
        "clocks": one.clocks,
        "kept": one.kept,
        "unfinished": one.unfinished,
        "held": one.held,
        "due": one.due,
        "days": [{"day": day, "talks": one.by_day[day]} for day in days],
        "most": max([*(one.by_day[day] for day in days), 1]),
        "soon": any(one.by_day[day] for day in days),
        "later": sum(count for day, count in one.by_day.items() if day > days[-1]),
    }


def _hold_row(request: HttpRequest, hold: Hold, today: dt.date) -> dict[str, Any]:
    turn: Turn | None = getattr(hold.conversation, "turn", None)
    confirmed = hold.confirmed_by_id is not None
    return {
        "hold": hold,
        "reason": reason_words(hold.reason),
        "started": from_ms(hold.conversation.started_at_ms),
        "counsellor": turn.counsellor if turn else None,
        "stands": hold_stands(confirmed=confirmed, until=hold.until, today=today),
        "over": hold.until < today,
        "may_confirm": not confirmed and hold.until >= today and can_confirm_hold(actor_of(request), hold),
    }
