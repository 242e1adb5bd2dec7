"""What the pages of a running visit share: who is here, where the talk stands, and which page that is."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from havn.common.access import Access
from havn.helpline.chats import keep_cookies
from havn.helpline.models import Turn
from havn.helpline.pages import audience_for, with_tokens
from havn.helpline.queries.visits import turn_of
from havn.helpline.rules.turns import WRITTEN
from havn.live import api as live
from havn.tenancy.models import Centre, Service

P = ParamSpec("P")
REFRESH_SECONDS = {"0": 0, "30": 30, "120": 120}


@dataclass(frozen=True, repr=False)
class Visit:
    """A valid cookie, the turn it belongs to and the page for where that turn stands."""

    visitor: live.Visitor
    turn: Turn

    @property
    def service(self) -> Service:
        return self.turn.service

    @property
    def page(self) -> str:
        """The url name of the page to be on now."""
        if self.turn.channel in WRITTEN:
            return "helpline:letter_read"
        return {
            Turn.State.WAITING: "helpline:waiting",
            Turn.State.TALKING: "helpline:talk",
        }.get(Turn.State(self.turn.state), "helpline:ended")

    @property
    def is_over(self) -> bool:
        """A chat that has ended or was left."""
        return self.page == "helpline:ended"

    @property
    def viewer(self) -> live.Viewer:
        return live.Viewer(self.visitor.participant_id, "visitor")


View = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def reading_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page with words of the talk on it: a browser that saw the talk end is led to its last page instead."""

    def answer(request: HttpRequest, visit: Visit, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return redirect(visit.page) if visit.visitor.is_shut else view(request, visit, *args, **kwargs)

    update_wrapper(answer, view)
    return visitor_page(answer)


def visitor_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for whoever holds a valid visitor cookie; everybody else is led to the return code."""

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visit = visit_of(request)
        if visit is None:
            response: HttpResponse = redirect(reverse("helpline:come_back") + "?over=1")
            response.delete_cookie(settings.VISITOR_COOKIE_NAME)
            return response
        return view(request, visit, *args, **kwargs)

    update_wrapper(answer, view)
    guarded = require_safe(answer)
    guarded.access = Access("visitor")  # type: ignore[attr-defined]
    return guarded


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit behind the request's cookie at this very centre, or None."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    visitor = live.visitor_of(request.COOKIES)
    if visitor is None or visitor.centre_id != centre.pk:
        return None
    turn = turn_of(visitor.conversation_id)
    return Visit(visitor, turn) if turn else None


def store_of(conversation_id: int) -> str:
    """The name under which a tab keeps unsent words of this talk: says nothing, and is another for every talk."""
    return hmac.new(settings.SECRET_KEY.encode(), b"unsent:%d" % conversation_id, hashlib.sha256).hexdigest()[:16]


def show(request: HttpRequest, visit: Visit, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
    """A page of the visit, times in the centre's zone."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    shared = {
        "service": visit.service,
        "audience": audience_for(visit.service),
        "turn": visit.turn,
        "easy": visit.turn.easy_read,
        "back_url": reverse(visit.page),
        "refresh": REFRESH_SECONDS.get(request.GET.get("refresh", ""), 0),
        "here_url": request.path,
        "store": store_of(visit.visitor.conversation_id),
    }
    with timezone.override(ZoneInfo(centre.time_zone)):
        response = render(request, template, with_tokens(request, shared | (context or {})))
    keep_cookies(response, visit.turn, request.COOKIES, secure=settings.SECURE)
    return response
