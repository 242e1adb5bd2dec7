"""What was asked: the list, one hand-over, and what a person does with it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from havn.accounts.access import staff
from havn.common.clock import from_ms, now, now_ms
from havn.common.errors import NotAllowed, Refused
from havn.handover.actions.again import try_again as again
from havn.handover.actions.answering import HEARD_IN, answer_heard
from havn.handover.actions.asking import take_question_back
from havn.handover.actions.passing import passed_by_hand
from havn.handover.actions.reading import key_to_pass_on
from havn.handover.models import Handover, HandoverRoute
from havn.handover.permissions import can_see_counts
from havn.handover.queries.handovers import asked_in, open_at, outcomes_of, wants_somebody
from havn.handover.rules import states
from havn.handover.views.desk_shared import done, service_ids_here
from havn.handover.words import kind_words, state_words, way_words
from havn.helpline.actions.reading import duty_session
from havn.helpline.models import Turn
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, desk_address, reader_of, services_here

FIGURES_DAYS = 365


@staff(*WORKS)
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """What is open, what waits for a person first; no word of any. For supervisors what came of all of a year."""
    services = services_here(request)
    if not services:
        raise NotAllowed(_("You don't work at a helpline of this centre."))
    since_ms = int((now() - dt.timedelta(days=FIGURES_DAYS)).timestamp() * 1000)
    counted = [one.pk for one in services if can_see_counts(actor_of(request), one)]
    names = _route_names(request)
    context = {
        "rows": [_row(one, names) for one in open_at([one.pk for one in services])],
        "several": len(services) > 1,
        "outcomes": [
            {"one": one, "name": names.get(one.route, one.route), "kind": kind_words(one.kind)}
            for one in outcomes_of(counted, since_ms=since_ms)
        ],
        "may_see_counts": bool(counted),
        "days": FIGURES_DAYS,
    }
    return render(request, "handover/desk_handovers.html", context)


@staff(*WORKS)
@require_GET
def handover(request: HttpRequest, handover: int) -> HttpResponse:
    """One hand-over with the text as it was asked for, after the read is on the trail, and what can be done."""
    found = _here(request, handover)
    key = _key(request, found)
    turn = Turn.objects.get(pk=found.conversation_id)
    asked = asked_in(found, key)
    said = asked.said_in(translation.get_language() or "en")
    return render(
        request,
        "handover/desk_handover.html",
        {
            "handover": found,
            "turn": turn,
            "service": found.service,
            "asked": asked,
            "said": said,
            "state_words": state_words(found.state, found.way),
            "way_words": way_words(found.way),
            "due_at": from_ms(found.due_at_ms) if found.due_at_ms and found.state == states.AGREED else None,
            "asked_at": from_ms(found.asked_at_ms),
            "gone_at": from_ms(found.gone_at_ms) if found.gone_at_ms else None,
            "may_hear": found.state == states.ASKED and turn.channel in HEARD_IN,
            "may_hear_no": states.may_change_mind(found.state) and turn.channel in HEARD_IN,
            "is_mine": turn.counsellor_id == actor_of(request).pk,
            "by_hand": found.way == "page" and found.state == states.AGREED,
            "is_lost": found.state == states.AGREED and found.way != "page" and not hasattr(found, "waiting"),
            "may_take_back": states.may_become(found.state, states.WITHDRAWN),
            "back": desk_address(found.service, turn.pk) if turn.counsellor_id == actor_of(request).pk else "",
        },
    )


@staff(*WORKS)
@require_POST
def heard(request: HttpRequest, handover: int) -> HttpResponse:
    """What a caller, or somebody who writes by e-mail, said to the text. A yes needs the tick beside it."""
    found = _here(request, handover)
    key, yes = _key(request, found), request.POST.get("yes") == "1"

    def store() -> None:
        if yes and request.POST.get("agreed") != "1":
            raise Refused(_("Read it out first, and tick that they agreed to exactly this."))
        answer_heard(
            actor=actor_of(request),
            handover_id=found.pk,
            yes=yes,
            key=key,
            language=translation.get_language() or "en",
            now_ms=now_ms(),
        )

    return done(request, store, to=_address(found))


@staff(*WORKS)
@require_POST
def take_back(request: HttpRequest, handover: int) -> HttpResponse:
    """The question is taken back: nothing goes."""
    found = _here(request, handover)
    key = _key(request, found)
    return done(
        request,
        lambda: take_question_back(actor=actor_of(request), handover_id=found.pk, key=key),
        to=_address(found),
    )


@staff(*WORKS)
@require_POST
def try_again(request: HttpRequest, handover: int) -> HttpResponse:
    """What failed goes once more."""
    found = _here(request, handover)
    key = _key(request, found)
    return done(
        request,
        lambda: again(actor=actor_of(request), handover_id=found.pk, key=key, now_ms=now_ms()),
        to=_address(found),
    )


@staff(*WORKS)
@require_POST
def passed(request: HttpRequest, handover: int) -> HttpResponse:
    """A person has put it into the other party's own form."""
    found = _here(request, handover)
    key = _key(request, found)
    return done(
        request,
        lambda: passed_by_hand(actor=actor_of(request), handover_id=found.pk, key=key, at_ms=now_ms()),
        to=_address(found),
    )


def _here(request: HttpRequest, handover_id: int) -> Handover:
    """A hand-over of a helpline where the person works. The same sentence for none and for others'."""
    found = Handover.objects.filter(pk=handover_id, service_id__in=service_ids_here(request))
    one = found.select_related("service__organisation__centre", "asked_by", "heard_by").first()
    if one is None:
        raise NotAllowed(_("There is no such hand-over at your helpline."))
    return one


def _key(request: HttpRequest, found: Handover) -> bytes:
    reader = reader_of(request)
    session = duty_session(reader.user.pk, found.service_id, reader.session_hash)
    return key_to_pass_on(actor=reader.user, handover=found, keyring=reader.keyring, session=session)


def _address(found: Handover) -> str:
    return reverse("handover:handover", args=[found.pk])


def _route_names(request: HttpRequest) -> dict[str, str]:
    centre = request.centre  # type: ignore[attr-defined]
    return dict(HandoverRoute.objects.filter(centre=centre).values_list("key", "name"))


def _row(one: Handover, names: dict[str, str]) -> dict[str, Any]:
    return {
        "one": one,
        "name": names.get(one.route, one.route),
        "kind": kind_words(one.kind),
        "state": state_words(one.state, one.way),
        "wants": wants_somebody(one),
        "asked_at": from_ms(one.asked_at_ms),
    }
