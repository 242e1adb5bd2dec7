"""What a request brings: cookies, and the fields of a small form or JSON object as cleaned texts. Pure functions."""

import json
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from django.utils.translation import gettext_noop as _

from havn.live import texts
from havn.live.errors import HttpError, unreadable

MOST_FIELDS = 100


def parse_cookies(header: str) -> dict[str, str]:
    """Names and values as sent; the first of a name wins, since browsers send the narrowest path first."""
    found: dict[str, str] = {}
    for part in header.split(";"):
        name, equals, value = part.strip().partition("=")
        if equals and name not in found:
            found[name] = value.strip('"')
    return found


def parse_fields(content_type: bytes, body: bytes) -> dict[str, str]:
    """A form's or a JSON object's fields, cleaned. Raises HttpError 400 or 415 with a sentence."""
    kind = content_type.partition(b";")[0].strip().lower()
    if kind == b"application/json":
        found = _json_fields(body)
    elif kind == b"application/x-www-form-urlencoded":
        found = _form_fields(body)
    elif not body and not kind:
        return {}
    else:
        raise HttpError(415, "kind-of-content", _("Only text can be sent here: no files, no pictures."))
    try:
        return {name: texts.clean(value) for name, value in found.items()}
    except texts.Unreadable:
        raise unreadable() from None


def _json_fields(body: bytes) -> dict[str, str]:
    try:
        data = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not isinstance(data, dict) or len(data) > MOST_FIELDS:
        raise unreadable()
    found = {}
    for name, value in data.items():
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, bool) or value is None:
            found[name] = "1" if value else ""
        elif isinstance(value, int) and abs(value) < 1 << 53:
            found[name] = str(value)
        else:
            raise unreadable()
    return found


def _form_fields(body: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    pairs = body.split(b"&") if body else []
    if len(pairs) > MOST_FIELDS:
        raise unreadable()
    try:
        for pair in pairs:
            name, _, value = pair.replace(b"+", b" ").partition(b"=")
            found.setdefault(unquote_to_bytes(name).decode(), unquote_to_bytes(value).decode())
    except UnicodeDecodeError:
        raise unreadable() from None
    return found


def whole_number(fields: Mapping[str, str], name: str) -> int:
    """A field as a whole number below 2**53. Raises HttpError 400."""
    text = fields.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        raise unreadable()
    return int(text)
