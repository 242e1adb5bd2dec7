"""The shape of what a visitor sends. Rules decide whether it is allowed."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from havn.helpline.easy import wishes_easy
from havn.helpline.rules.record import AGE_BANDS
from havn.helpline.rules.visits import NAME_LONGEST

_ONCE = re.compile(r"[A-Za-z0-9_-]{43}")
_SLUG = re.compile(r"[-a-z0-9_]{1,50}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, repr=False)
class StartWish:
    """A start as asked for. `once` names the press: the same press twice makes one conversation."""

    service: str
    language: str
    name: str
    age_band: str
    in_danger: bool
    once: str
    easy: bool = False


def fresh_once() -> str:
    """A name for one press of a start button: 256 random bits."""
    return secrets.token_urlsafe(32)


def is_once(text: str) -> bool:
    """Whether this has the shape of such a name."""
    return _ONCE.fullmatch(text) is not None


def read_start(fields: Mapping[str, str]) -> StartWish:
    """The wish in a start form. Whatever is missing or malformed counts as not said: nobody is refused for it."""
    once = fields.get("once", "")
    return StartWish(
        service=_matching(_SLUG, fields.get("service", "")),
        language=_matching(_LANGUAGE, fields.get("language", "")),
        name=tidy_name(fields.get("name", "")),
        age_band=fields.get("age_band", "") if fields.get("age_band", "") in AGE_BANDS else "",
        in_danger=fields.get("in_danger", "") == "1",
        once=once if is_once(once) else fresh_once(),
        easy=wishes_easy(fields),
    )


def tidy_name(text: str) -> str:
    """A made-up name on one line, 40 characters at most."""
    return " ".join(text.split())[:NAME_LONGEST].strip()


def _matching(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""
