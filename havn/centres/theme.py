"""A centre's theme as a stylesheet, and as what every page is told of it."""

import hashlib
from functools import lru_cache

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse, set_script_prefix

from havn.centres.models import CentreTheme
from havn.centres.rules.theme import HAVN, NAMES, Colours, day_tokens, evening, night_tokens
from havn.common.look import Look
from havn.tenancy.queries import forget_known_hosts


def colours_of(theme: CentreTheme | None) -> Colours:
    """The colours chosen, Havn's own where none is."""
    return Colours(**{name: getattr(theme, name, "") or getattr(HAVN, name) for name in NAMES})


def look_of_request(request: HttpRequest) -> Look:
    """What every page of the request's centre links to. Read once for as long as the centre is known (tenancy)."""
    theme: CentreTheme | None = getattr(getattr(request, "centre", None), "theme", None)
    if theme is None:
        return Look()
    colours, logo, slug = colours_of(theme), bytes(theme.logo), request.centre.slug  # type: ignore[attr-defined]
    width, height = size_of(logo)
    return Look(
        stylesheet=""
        if colours == HAVN
        else _address("centres:theme_style", slug, mark_of(stylesheet(colours).encode())),
        logo=_address("centres:theme_logo", slug, mark_of(logo)) if logo else "",
        logo_width=width,
        logo_height=height,
    )


def forget_looks(**_: object) -> None:
    """Read themes afresh from now on, with the centres that hold them. Called when one is saved in this process."""
    forget_known_hosts()


@lru_cache(maxsize=64)
def stylesheet(colours: Colours) -> str:
    """Havn's tokens in these colours, by day and by night, in a layer above Havn's own."""
    return (
        "@layer ds, havn, centre;\n@layer centre {\n"
        f":root {{{_declared(day_tokens(colours))}}}\n"
        f".evening {{background:{_sky(colours)}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{{_declared(night_tokens(colours))}}}\n}}\n}}\n"
    )


def preview(colours: Colours) -> str:
    """The same for two samples on one page, by day and by night, whatever the reader's own scheme is."""
    return (
        "@layer ds, havn, centre;\n@layer centre {\n"
        f".sample--day {{{_declared(day_tokens(colours))}}}\n"
        f".sample--night {{{_declared(night_tokens(colours))}}}\n"
        f".sample .evening {{background:{_sky(colours)}}}\n}}\n"
    )


def mark_of(content: bytes) -> str:
    """A short name for content: another content, another address, so that browsers may keep it for ever."""
    return hashlib.sha256(content).hexdigest()[:12]


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG of ours, from its head."""
    return (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) if png else (0, 0)


def _sky(colours: Colours) -> str:
    top, middle, low = evening(colours)
    return f"linear-gradient({top}, {middle} 62%, {low})"


def _declared(tokens: dict[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in tokens.items())


def _address(name: str, slug: str, mark: str) -> str:
    """Without a language: the same file for every page."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, kwargs={"slug": slug, "mark": mark})
    finally:
        set_script_prefix(before)
