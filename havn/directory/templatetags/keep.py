"""`{% keep_on_phone country %}`: what offers to keep a country's lines on this phone, or those of all."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse

from havn.common.language import reader_language
from havn.directory.listing import Country
from havn.directory.views.public_kept import ALL, FILES

register = template.Library()


@register.inclusion_tag("directory/keep.html")
def keep_on_phone(country: Country | None, *, kept: bool = False) -> dict[str, Any]:
    """Shown only where the browser has workers; stores nothing before its button is pressed.

    `kept`: on a kept page itself, which must find its script where the worker can keep it.
    """
    language = reader_language()
    return {
        "country": country,
        "page": _neutral("directory:kept", language, country.path if country else ALL),
        "files": " ".join(_neutral("directory:kept_file", name) for name in FILES),
        "script": _neutral("directory:kept_file", "keep.js") if kept else static("directory/keep.js"),
    }


def _neutral(name: str, *values: str) -> str:
    """The address without a language before it: the worker's scope is `/directory/`."""
    return "/" + reverse(name, args=values).removeprefix(get_script_prefix())
