"""What the endpoints share: the centre asked for, the visitor there, and a form shown again with its words."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from havn.common.language import plain
from havn.common.recent import Recent
from havn.helpline.pages import render_in_live
from havn.live.http import HttpError, LiveRequest, LiveResponse, no_session
from havn.live.visitors import Visitor
from havn.tenancy.models import Centre
from havn.tenancy.queries import centre_for_host

_centres: Recent[Centre | None] = Recent()


async def centre_of(request: LiveRequest) -> Centre:
    """The centre of the host name. Raises HttpError 404 for a name that no centre has."""
    host = request.host
    centre = _centres.known(host) or await request.read(lambda: _centres.read(host, lambda: centre_for_host(host)))
    if centre is None:
        raise HttpError(404, "unknown", "There is no centre at this address.")
    return centre


async def visitor_at(request: LiveRequest) -> Visitor:
    """Who holds a valid cookie of a visit to this very centre. Raises HttpError 401."""
    visitor = await request.visitor()
    centre = await centre_of(request)
    if visitor is None or visitor.centre_id != centre.pk:
        raise no_session()
    return visitor


def path_in(request: LiveRequest, path: str, language: str = "") -> str:
    """The path of a page in the language of the request, or in the one the child chose if we have pages in it."""
    offered = dict(settings.LANGUAGES)
    return f"/{language if language in offered else request.language}{path}"


async def page(
    request: LiveRequest, template: str, context: Mapping[str, Any], *, centre: Centre, path: str, status: int
) -> LiveResponse:
    """A page with an error in it and every word of the form, as an answer to the form's post."""
    language, cookies = request.language, dict(request.cookies)
    body = await request.read(
        lambda: render_in_live(template, context, centre=centre, language=language, path=path, cookies=cookies)
    )
    return html(body, status, language)


def html(body: bytes, status: int, language: str) -> LiveResponse:
    """A page of ours; the front door adds the headers that every page carries."""
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-language", language.encode()),
        (b"cache-control", b"no-store"),
    ]
    return LiveResponse(status, body, headers)


def sentence_in(language: str, sentence: str) -> str:
    """A sentence of the engine in the language of the page."""
    with translation.override(language):
        return gettext(sentence)


def refusal_page(status: int, sentence: str, language: str, back: str) -> bytes:
    """What a plain form sees when it was refused: the sentence and a way back. Needs no database."""
    from django.template.loader import render_to_string

    with translation.override(language):
        context = {"sentence": gettext(sentence), "back": back, "LANGUAGE_CODE": plain(language), "demo": settings.DEMO}
        return render_to_string("helpline/public_refused.html", context).encode()
