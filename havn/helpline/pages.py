"""The child's pages that both processes show: `web` when they are opened, `live` when a form comes back with an error.

A form that could not be taken is shown again with every word the child wrote.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse, set_script_prefix
from django.utils import timezone, translation

from havn.centres.api import contact_points, opening, staffing_of
from havn.centres.doors import doors_for
from havn.centres.registry import Keeping
from havn.centres.words import opening_words
from havn.common.clock import now
from havn.common.language import spoken
from havn.helpline.chats import start_parts
from havn.helpline.easy import easy_context, in_easy_words, wishes_easy
from havn.helpline.forms_public import fresh_once
from havn.helpline.letters import form_parts
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.visits import Door, audience_of, door_for, letters_for
from havn.helpline.retention.api import BACKUP_DAYS
from havn.helpline.retention.queries import clocks_of
from havn.helpline.rules.record import AGE_BANDS
from havn.helpline.rules.visits import language_for
from havn.helpline.words_public import age_band_words
from havn.live import api as live
from havn.tenancy.models import Centre, Service

Fields = Mapping[str, str]
# A form that nobody has sent yet.
_EMPTY_FORM = {"error": "", "text": "", "typed": "", "over": False, "latest": None}


def start_context(centre: Centre, language: str, fields: Fields, error: str = "") -> dict[str, Any]:
    """The start of a chat: open, full (a letter is offered first) or closed (the other doors).

    "Full" is decided for the language that is chosen there; `decided` says for which one it was.
    """
    moment = now()
    door = door_for(centre, "chat", fields.get("service", ""))
    context = _shared(centre, language, door, fields, error)
    context |= _easy("helpline:start", door, "chat", fields)
    context["letter_url"] = in_easy_words(letter_url_for(door.service), wishes_easy(fields)) if door else ""
    if door is None:
        return context | _closed(centre, language, context, words="")
    context["letter_note"] = _letter_note(door.service, language)
    context["start_parts"] = start_parts(door.service, fields)
    hours = opening(door.service, "chat", moment, staffing_of(door.service.pk, moment))
    if not hours.admits:
        return context | _closed(centre, language, context, words=opening_words(hours, centre.time_zone, moment))
    full = snapshot(door.service.pk).is_full(context["chosen"]["language"])
    closes = hours.closes_at.astimezone(ZoneInfo(centre.time_zone)).strftime("%H:%M") if hours.closes_at else ""
    context |= {
        "door": "full" if full and context["letter_url"] else "open",
        "closes_at": closes,
        "decided": context["chosen"]["language"],
        "age_bands": [] if context["audience"] else [(code, age_band_words(code)) for code in AGE_BANDS],
    }
    return context


def letter_context(centre: Centre, language: str, fields: Fields, error: str = "") -> dict[str, Any]:
    """The first letter, with what was written already; where nobody answers letters, the ways there are instead."""
    door = door_for(centre, "letter", fields.get("service", ""))
    context = _shared(centre, language, door, fields, error)
    context |= _easy("helpline:letter", door, "letter", fields)
    context["text"] = fields.get("text", "")
    context["letter_parts"] = form_parts(door.service, fields) if door else []
    if door is None:
        doors = doors_for(centre, audience_of(centre, fields.get("service", "")), now(), language)
        context["doors"] = [door for door in (*doors.help, *doors.emergency) if door.channel != "letter"]
    return context


def letter_url_for(service: Service) -> str:
    """Where those who came for this service write a letter to its own people; "" where nobody answers letters."""
    letters = letters_for(service)
    return _address("helpline:letter", letters, "letter") if letters else ""


def start_url(centre: Centre, slug: str) -> str:
    """The start of a chat with the service of this name, said in the address where it is not the usual one."""
    door = door_for(centre, "chat", slug)
    return _address("helpline:start", door.service, "chat") if door else reverse("helpline:start")


def audience_for(service: Service) -> str:
    """The audience that gets words of its own: "" for children."""
    return "" if service.audience == Service.Audience.CHILDREN else service.audience


def keeping_at(service: Service) -> Keeping:
    """What this very service promises about how long it keeps a talk."""
    clocks = clocks_of([service.pk])[service.pk]
    return Keeping(days=clocks.keep_days, unfinished_hours=clocks.keep_unfinished_hours, backup_days=BACKUP_DAYS)


def visit_left_behind(visitor: live.Visitor | None) -> str:
    """Where the chat stands that this browser would leave for a letter: "waiting", "open", or "" when there is none.

    One browser holds one visit. The child gets the chance to note the code before another takes its place.
    """
    if visitor is None or visitor.kind != "helpline.chat" or visitor.state == "ended":
        return ""
    return visitor.state


def render_in_live(
    template: str, context: Mapping[str, Any], *, centre: Centre, language: str, path: str, cookies: Mapping[str, str]
) -> bytes:
    """A page as `web` would show it at `path`, for a process that has no Django request. Blocking: run in a thread."""
    request = HttpRequest()
    request.method = "GET"
    request.path_info, request.path = path, f"/{language}{path}"
    request.COOKIES = dict(cookies)
    request.centre = centre  # type: ignore[attr-defined]
    with _as_in_web(centre, language):
        return render_to_string(template, with_tokens(request, context), request=request).encode()


def context_in_live(
    make: Callable[[Centre, str, Fields, str], dict[str, Any]],
    *,
    centre: Centre,
    language: str,
    fields: Fields,
    error: str = "",
) -> dict[str, Any]:
    """What `start_context` or `letter_context` gives, its words and addresses in the language of the page. Blocking."""
    with _as_in_web(centre, language):
        return make(centre, language, fields, error)


def with_tokens(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """The context with what every form of a visitor carries, and what quick exit needs on old browsers."""
    token = live.form_token(request.COOKIES)
    return {**_EMPTY_FORM, **context, "form_token": token, "exit_token": token}


@contextmanager
def _as_in_web(centre: Centre, language: str) -> Iterator[None]:
    set_script_prefix(f"/{language}/")
    try:
        with translation.override(spoken(language, centre.formal_in)), timezone.override(ZoneInfo(centre.time_zone)):
            yield
    finally:
        set_script_prefix("/")


def _shared(centre: Centre, language: str, door: Door | None, fields: Fields, error: str) -> dict[str, Any]:
    languages = door.languages if door else []
    chosen = language_for(fields.get("language", ""), [code for code, _name in languages], language)
    audience = audience_of(centre, fields.get("service", ""))
    return {
        "service": door.service if door else None,
        "audience": audience_for(door.service) if door else "" if audience == Service.Audience.CHILDREN else audience,
        "languages": languages,
        "chosen": {
            "language": chosen,
            "name": fields.get("name", ""),
            "age_band": fields.get("age_band", ""),
            "in_danger": fields.get("in_danger", "") == "1",
        },
        "once": fields.get("once") or fresh_once(),
        "error": error,
        "keeping": keeping_at(door.service) if door else Keeping(),
    }


def _closed(centre: Centre, language: str, context: Mapping[str, Any], words: str) -> dict[str, Any]:
    doors = doors_for(centre, context["audience"] or Service.Audience.CHILDREN, now(), language)
    ours = {"chat", "letter"} if context["letter_url"] else {"chat"}
    return {
        "door": "closed",
        "opening_words": words,
        "doors": [door for door in (*doors.help, *doors.emergency) if door.channel not in ours or door.outside],
    }


def _address(name: str, service: Service, channel: str) -> str:
    usual = door_for(service.organisation.centre, channel)
    page = reverse(name)
    return page if usual and usual.service.pk == service.pk else f"{page}?service={service.slug}"


def _easy(name: str, door: Door | None, channel: str, fields: Fields) -> dict[str, str | bool]:
    return easy_context(_address(name, door.service, channel) if door else reverse(name), wishes_easy(fields))


def _letter_note(service: Service, language: str) -> str:
    """What the centre says about its letters, such as how long an answer usually takes."""
    letters = letters_for(service)
    points = contact_points(service.organisation.centre, channel="letter") if letters else []
    note: Mapping[str, str] = next((one.note for one in points if letters and one.service_id == letters.pk), {})
    return note.get(language) or note.get("en", "")
