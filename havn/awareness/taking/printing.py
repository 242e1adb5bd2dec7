"""A page as a PDF: A4, dark on white, tagged, with the address it came from. Made of what everybody may read, only."""

import os
import re
from pathlib import Path
from typing import Any

import segno
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from havn.awareness.models import EditorialPage, Rendition
from havn.awareness.reading.sourced import dated_context
from havn.awareness.taking.paper import below, facts_of, licence_of, origin_of, parts_of, parts_of_profile
from havn.common.clock import now
from havn.common.page_cache import mark_path
from havn.common.printing import Press, pdf_of
from havn.tenancy.models import Centre

STYLE = Path(__file__).parent.parent / "static" / "awareness" / "print.css"
PRESS = Press()
_MEDIA = re.compile(r"/media/([\w./-]+)")


def printed(page: EditorialPage, request: HttpRequest) -> bytes:
    """The page's PDF, from memory when nothing that the public reads has changed since it was made today.

    Raises CannotPrint when others wait already, or when the server lacks the parts for it.
    """
    return PRESS.made(key_of("print", page, request), lambda: _made(page, request))


def printed_in_turn(page: EditorialPage, request: HttpRequest) -> bytes:
    """The same for who makes something larger of it, and holds the turn already."""
    return PRESS.made_in_turn(key_of("print", page, request), lambda: _made(page, request))


def key_of(kind: str, page: EditorialPage, request: HttpRequest) -> tuple[object, ...]:
    """What a file made of the page hangs on: its text, its address, today, and all that the public reads."""
    address = request.build_absolute_uri(page.get_url(request) or "/")
    return (kind, page.pk, page.last_published_at, address, timezone.localdate(), _mark())


def content_of(
    page: EditorialPage, request: HttpRequest, *, paper: bool, without: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What `print_content.html` shows. Call it, and render it, in the language of the page."""
    strands = parts_of_profile(page)
    dated = dated_context(page, request)
    return {
        "is_old": dated.get("is_old", False),
        "file": dated.get("file"),
        "page": page,
        "paper": paper,
        "host": request.get_host(),
        "centre": request.centre,  # type: ignore[attr-defined]
        "facts": facts_of(page),
        "parts": parts_of(page, without=without),
        "strands": [{"page": one, "facts": facts_of(one), "parts": parts_of(one, level=3)} for one in strands],
        "below": [] if strands else below(page),
        "licence": licence_of(page),
        "origin": origin_of(page),
        "address": request.build_absolute_uri(page.get_url(request) or "/"),
        "made_by": _made_by(page, request.centre),  # type: ignore[attr-defined]
    }


def given(path: str) -> bytes | None:
    """A picture of a page by its path below the site; nothing else is ever given to a printed page."""
    found = _MEDIA.fullmatch(path)
    row = Rendition.objects.filter(file=found[1]).first() if found else None
    if row is None or not row.file.storage.exists(row.file.name):
        return None
    with row.file.open("rb") as source:
        content: bytes = source.read()
    return content


def _made(page: EditorialPage, request: HttpRequest) -> bytes:
    with override(page.language):
        context = content_of(page, request, paper=True)
        address = context["address"]
        context["code"] = segno.make(address, error="m").png_data_uri(scale=6, border=2)
        context["today"] = timezone.localdate(now())
        html = render_to_string("awareness/print_page.html", context)
    return pdf_of(html, styles=[STYLE.read_text()], base=address, give=given)


def _made_by(page: EditorialPage, centre: Centre) -> str:
    return getattr(page, "credit", "") or (page.organisation.shown_name if page.organisation else centre.shown_name)


def _mark() -> tuple[int, int]:
    """Another one after every change of what the public reads."""
    try:
        found = os.stat(mark_path())
    except FileNotFoundError:
        return (0, 0)
    return found.st_ino, found.st_mtime_ns
