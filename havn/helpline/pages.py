"""The child's pages that both processes show: `web` when they are opened, `live` when a form comes back with an error.

A form that could not be taken is shown again with every word the child wrote.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse, set_script_prefix
from django.utils import timezone, translation

from havn.centres.api import opening, staffing_of
from havn.centres.doors import doors_for
from havn.centres.registry import keeping_of
from havn.centres.words import opening_words
from havn.common.clock import now
from havn.helpline.forms_public import fresh_once
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.visits import Door, door_for
from havn.helpline.rules.record import AGE_BANDS
from havn.helpline.rules.visits import language_for
from havn.helpline.words_public import age_band_words
from havn.live import api as live
from havn.tenancy.models import Centre

Fields = Mapping[str, str]
# A form that nobody has sent yet.
_EMPTY_FORM = {"error": "", "text": "", "typed": "", "over": False, "latest": None}


def start_context(centre: Centre, language: str, fields: Fields, error: str = "") -> dict[str, Any]:
    """The start of a chat: open, full (a letter is offered first) or closed (the other doors)."""
    moment = now()
    door = door_for(centre, "chat", fields.get("service", ""))
    context = _shared(centre, language, door, fields, error)
    context["letter_url"] = _letter_url(centre, door)
    if door is None:
        return context | _closed(centre, language, context, words="")
    hours = opening(door.service, "chat", moment, staffing_of(door.service.pk, moment))
    if not hours.admits:
        return context | _closed(centre, language, context, words=opening_words(hours, centre.time_zone, moment))
    full = snapshot(door.service.pk).is_full(context["chosen"]["language"])
    closes = hours.closes_at.astimezone(ZoneInfo(centre.time_zone)).strftime("%H:%M") if hours.closes_at else ""
    context |= {
        "door": "full" if full and context["letter_url"] else "open",
        "closes_at": closes,
        "age_bands": [(code, age_band_words(code)) for code in AGE_BANDS],
    }
    return context


def letter_context(centre: Centre, language: str, fields: Fields, error: str = "") -> dict[str, Any]:
    """The first letter, with what was written already."""
    door = door_for(centre, "letter", fields.get("service", ""))
    context = _shared(centre, language, door, fields, error)
    context["text"] = fields.get("text", "")
    context["doors"] = doors_for(centre, "children", now(), language)
    return context


def render_in_live(
    template: str, context: Mapping[str, Any], *, centre: Centre, language: str, path: str, cookies: Mapping[str, str]
) -> bytes:
    """A page as `web` would show it at `path`, for a process that has no Django request. Blocking: run in a thread."""
    request = HttpRequest()
    request.method = "GET"
    request.path_info, request.path = path, f"/{language}{path}"
    request.COOKIES = dict(cookies)
    request.centre = centre  # type: ignore[attr-defined]
    set_script_prefix(f"/{language}/")
    try:
        with translation.override(language), timezone.override(ZoneInfo(centre.time_zone)):
            return render_to_string(template, with_tokens(request, context), request=request).encode()
    finally:
        set_script_prefix("/")


def with_tokens(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """The context with what every form of a visitor carries, and what quick exit needs on old browsers."""
    token = live.form_token(request.COOKIES)
    return {**_EMPTY_FORM, **context, "form_token": token, "exit_token": token}


def _shared(centre: Centre, language: str, door: Door | None, fields: Fields, error: str) -> dict[str, Any]:
    languages = door.languages if door else []
    chosen = language_for(fields.get("language", ""), [code for code, _name in languages], language)
    return {
        "service": door.service if door else None,
        "languages": languages,
        "chosen": {
            "language": chosen,
            "name": fields.get("name", ""),
            "age_band": fields.get("age_band", ""),
            "in_danger": fields.get("in_danger", "") == "1",
        },
        "once": fields.get("once") or fresh_once(),
        "error": error,
        "keeping": keeping_of(centre.pk),
    }


def _closed(centre: Centre, language: str, context: Mapping[str, Any], words: str) -> dict[str, Any]:
    doors = doors_for(centre, "children", now(), language)
    ours = {"chat", "letter"} if context["letter_url"] else {"chat"}
    return {
        "door": "closed",
        "opening_words": words,
        "doors": [door for door in (*doors.help, *doors.emergency) if door.channel not in ours or door.outside],
    }


def _letter_url(centre: Centre, door: Door | None) -> str:
    letters = door_for(centre, "letter", door.service.slug if door else "")
    return reverse("helpline:letter") if letters else ""
