"""Asking a child whether something may be passed on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.centres.handovers import routes_of
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.handover.actions.answering import HEARD_IN
from havn.handover.actions.asking import ask_child
from havn.handover.permissions import check_can_ask
from havn.handover.rules.composing import composed
from havn.handover.rules.states import TEXT_MOST
from havn.handover.views.desk_shared import once_of
from havn.handover.words import kind_words, way_words
from havn.helpline.actions.reading import duty_session, key_to_read
from havn.helpline.models import Turn
from havn.helpline.rules.roles import WORKS
from havn.helpline.views.desk_answers import actor_of, desk_address, reader_of, turn_here
from havn.live import api as live


@staff(*WORKS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, talk: int) -> HttpResponse:
    """Choose the route and write what passes; nothing of the talk is in it unless it was ticked and then looked at."""
    turn = turn_here(request, talk)
    check_can_ask(actor_of(request), turn)
    reader = reader_of(request)
    session = duty_session(reader.user.pk, turn.service_id, reader.session_hash)
    key = key_to_read(actor=reader.user, turn=turn, keyring=reader.keyring, session=session)
    said = _said(turn, key, reader.user.pk)
    if request.method != "POST":
        return _page(request, turn, said)
    ticked = set(request.POST.getlist("take"))
    text = composed(request.POST.get("text", ""), [one.text for one in said if str(one.seq) in ticked])
    if ticked or request.POST.get("step") != "ask":
        sentence = _("The ticked messages stand in the text now. Look at it once more before you ask.")
        return _page(request, turn, said, text=text, told=sentence if ticked else "")
    try:
        handover = ask_child(
            actor=reader.user,
            conversation_id=turn.pk,
            route=request.POST.get("route", "")[:40],
            text=text,
            once=once_of(request),
            key=key,
            now_ms=now_ms(),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, turn, said, text=text, error=refusal.sentence)
    if turn.channel in HEARD_IN:
        return HttpResponseRedirect(reverse("handover:handover", args=[handover.pk]))
    messages.success(request, _("The child has been asked. Nothing goes without a yes."))
    return HttpResponseRedirect(desk_address(turn.service, turn.pk))


def _said(turn: Turn, key: bytes, user_id: int) -> list[live.MessageView]:
    """The child's own messages, in order."""
    viewer = live.Viewer(0, "counsellor", user_id)
    language = translation.get_language() or "en"
    views = live.messages(conversation_id=turn.pk, key=key, viewer=viewer, language=language)
    return [one for one in views if one.author == "visitor" and one.kind == "text"]


def _page(
    request: HttpRequest,
    turn: Turn,
    said: list[live.MessageView],
    *,
    text: str = "",
    told: str = "",
    error: str = "",
) -> HttpResponse:
    routes = routes_of(turn.service.organisation.centre)
    context = {
        "turn": turn,
        "service": turn.service,
        "routes": [{"route": route, "kind": kind_words(route.kind), "way": way_words(route.way)} for route in routes],
        "chosen": request.POST.get("route", routes[0].key if len(routes) == 1 else ""),
        "said": said,
        "text": text,
        "most": TEXT_MOST,
        "told": told,
        "error": error,
        "heard": turn.channel in HEARD_IN,
        "once": once_of(request),
        "back": desk_address(turn.service, turn.pk),
    }
    return render(request, "handover/desk_ask.html", context, status=409 if error else 200)
