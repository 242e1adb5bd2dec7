"""Answers that a reader may keep, and ask for again by their tag."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from havn.releases.export import json_bytes

JSON_LD = "application/ld+json; charset=utf-8"


def kept(request: HttpRequest, content: bytes, media: str, *, name: str = "", says: bytes = b"") -> HttpResponseBase:
    """A file with its tag; 304 when the reader has it. `name`: to be saved under.

    Browsers keep nothing of it, as of every page here; a harvester that has it asks by its tag.

    `says`: what the tag is made of, where the bytes differ each time that the same is written (a workbook).
    """
    tag = f'"{hashlib.sha256(says or content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=media)
    answer.headers["ETag"] = tag
    if name:
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found = get_conditional_response(request, etag=tag, response=answer)
    return found or answer


def record(request: HttpRequest, value: dict[str, Any]) -> HttpResponseBase:
    """Linked data."""
    return kept(request, json_bytes(value), JSON_LD)
