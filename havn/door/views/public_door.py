"""The door as another site shows it: a page to frame, or a script to include. The language stands in the address.

Nobody is counted, no cookie is set, and the framed page needs no script. The script brings the state with it, so that
the other site's policy need allow nothing but our host as a source of scripts.
"""

import json

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.language import reader_language
from havn.common.middleware import for_other_sites
from havn.common.page_cache import ANSWERS_SECONDS, keepable
from havn.door.queries import CLOSED, FULL, Doorway, doorway

# A visitor of the other site who opens page after page: the state may be this old, and both of us are spared.
KEPT = "public, max-age=30"
FRAME_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["*"],
}


@public
@require_safe
@keepable(ANSWERS_SECONDS)
@csp(FRAME_POLICY)
def frame(request: HttpRequest) -> HttpResponse:
    """How the chat stands, and the ways in, each in a window of ours. `?service=` names another than the usual one."""
    door = _door(request)
    response = render(request, "door/public_door.html", {"door": door, "ways": _ways(door)})
    return _kept(request, for_other_sites(response, framed=True))


@public
@require_safe
@keepable(ANSWERS_SECONDS)
def script(request: HttpRequest) -> HttpResponse:
    """The same as a script that puts itself where it is included, in a small world of its own."""
    door = _door(request)
    demo = gettext("This is a demonstration. Nobody answers here for real.") if settings.DEMO else ""
    words = f"{door.words} {demo}".strip()
    told = {"lang": reader_language(), "name": door.service.shown_name, "words": words, "ways": _ways(door)}
    # "<" never stands in it as itself, wherever somebody may paste the script.
    source = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    text = render_to_string("door/door.js", {"told": source})
    return _kept(request, for_other_sites(HttpResponse(text, content_type="text/javascript; charset=utf-8")))


def _ways(door: Doorway) -> list[list[str]]:
    """Words and path of each way in, the best one first. A chat that is closed is no way in."""
    chat, letter = [gettext("Chat with us"), door.chat], [gettext("Write a letter"), door.letter]
    if door.state == CLOSED:
        ways = [letter, [gettext("See when we open"), door.chat]]
    else:
        ways = [letter, chat] if door.state == FULL else [chat, letter]
    return [way for way in ways if way[1]]


def _door(request: HttpRequest) -> Doorway:
    centre = request.centre  # type: ignore[attr-defined]
    door = doorway(centre, request.GET.get("service", "")[:80], reader_language()) if centre else None
    if door is None:
        raise Http404
    return door


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = KEPT
    response.headers["Content-Language"] = reader_language()
    patch_vary_headers(response, ["Accept-Language"])
    return response
