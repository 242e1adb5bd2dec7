"""Every text of a definition with its place, for the table of translations.

Places are paths of names, keys and codes ("sections/calls/questions/total/label"), so that they stay when parts are
moved. What a text belongs to is said by `where`, in words of the definition.
"""

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from havn.forms.rules.editing import Raw

# The texts of each thing, in the order people read them.
_NAMES = ("title", "label", "about", "help", "unit", "low", "high", "message", "advice")
_LISTS = ("sections", "questions", "choices", "rows", "columns", "computed", "bands", "checks")


@dataclass(frozen=True)
class FormText:
    """One text in all its languages. `where`: what it belongs to, outermost first, each in the form's own language."""

    place: str
    where: tuple[str, ...]
    what: str
    """title, label, about, help, unit, low, high, message or advice, or the list that a choice is in"""
    texts: Mapping[str, str]
    section: str
    """The key of its section; "" for what stands outside of sections."""

    def in_language(self, language: str) -> str:
        """The text, "" where there is none."""
        return self.texts.get(language, "")


def texts_of(raw: Raw) -> list[FormText]:
    """All texts that are not empty in every language, in the order of the form."""
    language = raw.get("language")
    return list(_texts(raw, "", (), "", language if isinstance(language, str) else "en"))


def _texts(part: Raw, path: str, where: tuple[str, ...], section: str, own: str) -> Iterator[FormText]:
    repeat = part.get("repeat")
    for name in _NAMES:
        texts = _languages(part.get(name))
        if texts:
            what = path.split("/")[-2] if name == "label" and path.count("/") and _in_list(path) else name
            yield FormText(f"{path}/{name}".strip("/"), where, what, texts, section)
    if isinstance(repeat, dict) and (texts := _languages(repeat.get("title"))):
        yield FormText(f"{path}/repeat/title", where, "repeat", texts, section)
    for name in _LISTS:
        inside = part.get(name)
        for number, one in enumerate(inside if isinstance(inside, list) else []):
            if isinstance(one, dict):
                key = str(one.get("key", "")) if name == "sections" else section
                place = f"{path}/{name}/{_name_of(one) or number}".strip("/")
                yield from _texts(one, place, (*where, _called(one, own)), key, own)


def _in_list(path: str) -> bool:
    return path.split("/")[-2] in ("choices", "rows", "columns", "bands")


def _called(part: Raw, own: str) -> str:
    for name in ("title", "label", "message"):
        texts = _languages(part.get(name))
        if texts:
            return texts.get(own) or next(iter(texts.values()))
    return str(part.get("key") or part.get("code") or "")


def _languages(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(code): text for code, text in value.items() if isinstance(text, str) and text.strip()}


def with_texts(raw: Raw, language: str, texts: Mapping[str, str]) -> Raw:
    """The definition with these texts of one language, by place; an empty one takes the translation away.

    Places that are not there are passed over.
    """
    changed = copy.deepcopy(raw)
    for place, text in texts.items():
        holder: Any = changed
        for part in place.split("/"):
            holder = _step(holder, part)
        if not isinstance(holder, dict):
            continue
        if text.strip():
            holder[language] = text.strip()
        else:
            holder.pop(language, None)
    return changed


def digest(text: str) -> str:
    """Changes with the text: by this a table knows whether somebody changed it meanwhile."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


def _name_of(part: Raw) -> str:
    name = part.get("key") or part.get("code")
    return name if isinstance(name, str) and "/" not in name else ""


def _step(holder: Any, part: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(part)
    if not isinstance(holder, list):
        return None
    named = next((one for one in holder if isinstance(one, dict) and _name_of(one) == part), None)
    if named is None and part.isascii() and part.isdigit() and len(part) < 6 and int(part) < len(holder):
        return holder[int(part)]
    return named
