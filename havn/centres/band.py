"""The band "Online abuse – get help, report it!": its words in 28 languages, and where its link leads."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from havn.centres.registry import page_of

FILE = Path(__file__).resolve().parent / "data" / "band.json"
ENGLISH = "en"
# A reader of the one understands the other, where the page behind the link is not in the band's own language.
_NEAR = {"nn": "nb", "no": "nb"}


@dataclass(frozen=True, slots=True)
class Band:
    """The words in one language. `dir` is the direction in which it is written."""

    code: str
    name: str
    dir: str
    title: str
    text: str
    link: str


@cache
def bands() -> dict[str, Band]:
    """The words by language code, in the order of the codes."""
    given = json.loads(FILE.read_text(encoding="utf-8"))["languages"]
    return {
        one["code"]: Band(**{name: one[name] for name in ("code", "name", "dir", "title", "text", "link")})
        for one in given
    }


def band_in(language: str) -> Band:
    """The words in a language ("pt-BR" is answered in Portuguese), else in English."""
    known = bands()
    code = language.lower().split("-")[0]
    return known.get(code) or known.get(_NEAR.get(code, "")) or known[ENGLISH]


def band_wished(accept_language: str) -> Band:
    """The words in the first language of a browser's wish that we have, else in English."""
    for wish in accept_language[:200].split(","):
        code = wish.partition(";")[0].strip().lower().split("-")[0]
        if code in bands() or code in _NEAR:
            return band_in(code)
    return bands()[ENGLISH]


def helpline_path(language: str = "") -> str:
    """Where the link leads: the directory of helplines, or the centre's first page where there is none.

    With a language, the page in it when all of Havn speaks it; without, as the page being answered.
    """
    name = page_of("directory") or "centres:entry"
    if not language:
        return reverse(name)
    code = _NEAR.get(language, language)
    before = get_script_prefix()
    set_script_prefix(f"/{code}/" if code in dict(settings.STAFF_LANGUAGES) else "/")
    try:
        return reverse(name)
    finally:
        set_script_prefix(before)
