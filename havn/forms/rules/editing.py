"""Changing the JSON of a draft: parts are found by their keys, and every change gives a new definition.

A draft may have faults while it is worked on; nothing here judges it (parsing.py does). Whatever a part holds beyond
what is changed stays: other languages, fields that a screen does not show.
"""

import copy
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, TypeAlias

Raw: TypeAlias = dict[str, Any]
"""A definition as JSON, or a part of one."""
SECTION, QUESTION, COMPUTED, CHECK, SETTINGS = "section", "question", "computed", "check", "settings"
KINDS = (SECTION, QUESTION, COMPUTED, CHECK)
_SETTINGS = ("title", "about", "language", "languages")
_TEXTS = ("title", "label", "about", "help", "unit", "low", "high", "message", "advice")
_LONGEST_KEY = 40
# Letters that do not come apart into a letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "aa", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_TAKEN = frozenset({"before", "year_before", "and", "or", "not", "in", "true", "false", "other", "basis", "empty"})


class NotThere(LookupError):
    """The draft has no such part (any more)."""


def parts_of(raw: Raw, kind: str) -> list[Raw]:
    """All parts of a kind, in the order of the form."""
    if kind == QUESTION:
        return [one for section in parts_of(raw, SECTION) for one in _list(section, "questions")]
    name = {SECTION: "sections", COMPUTED: "computed", CHECK: "checks"}[kind]
    return _list(raw, name)


def part_of(raw: Raw, kind: str, key: str) -> Raw:
    """One part; of `settings` what belongs to the whole form. Raises NotThere."""
    if kind == SETTINGS:
        return {name: raw[name] for name in _SETTINGS if name in raw}
    for one in parts_of(raw, kind):
        if one.get("key") == key:
            return one
    raise NotThere


def section_of(raw: Raw, question: str) -> Raw:
    """The section a question stands in. Raises NotThere."""
    for section in parts_of(raw, SECTION):
        if any(one.get("key") == question for one in _list(section, "questions")):
            return section
    raise NotThere


def fingerprint(part: Raw) -> str:
    """Changes with the part: by this a screen knows whether somebody changed it meanwhile."""
    text = json.dumps({name: value for name, value in part.items() if name != "questions"}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def with_part(raw: Raw, kind: str, key: str, part: Raw) -> Raw:
    """The definition with this part in place of the one of that key; the questions of a section stay."""
    changed = copy.deepcopy(raw)
    if kind == SETTINGS:
        return {**changed, **copy.deepcopy(part)}
    old = part_of(changed, kind, key)
    questions = old.get("questions")
    old.clear()
    old.update(copy.deepcopy(part))
    if kind == SECTION:
        old["questions"] = questions or []
    return changed


def with_new(raw: Raw, kind: str, part: Raw, section: str = "") -> Raw:
    """The definition with one more part at the end; a question at the end of its section. Raises NotThere."""
    changed = copy.deepcopy(raw)
    fresh = copy.deepcopy(part)
    if kind == QUESTION:
        into = part_of(changed, SECTION, section)
        into["questions"] = [*_list(into, "questions"), fresh]
        return changed
    name = {SECTION: "sections", COMPUTED: "computed", CHECK: "checks"}[kind]
    changed[name] = [*_list(changed, name), fresh]
    return changed


def without(raw: Raw, kind: str, key: str) -> Raw:
    """The definition without this part. Raises NotThere."""
    changed = copy.deepcopy(raw)
    line, place = _place(changed, kind, key)
    del line[place]
    return changed


def moved(raw: Raw, kind: str, key: str, *, down: bool) -> Raw:
    """The part one place further up or down; a question at the edge of its section goes into the next one.

    At the edge of the form it stays where it is. Raises NotThere.
    """
    changed = copy.deepcopy(raw)
    line, place = _place(changed, kind, key)
    target = place + (1 if down else -1)
    if 0 <= target < len(line):
        line[place], line[target] = line[target], line[place]
    elif kind == QUESTION:
        sections = parts_of(changed, SECTION)
        here = next(number for number, one in enumerate(sections) if one.get("questions") is line)
        there = here + (1 if down else -1)
        if 0 <= there < len(sections):
            other = _list(sections[there], "questions")
            sections[there]["questions"] = [line.pop(place), *other] if down else [*other, line.pop(place)]
    return changed


def in_languages(part: Any, languages: Iterable[str]) -> Any:
    """A question with its texts in these languages only: as a form takes it that is not offered in the others."""
    kept = set(languages)
    if isinstance(part, list):
        return [in_languages(one, kept) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {code: text for code, text in value.items() if code in kept}
        if name in _TEXTS and isinstance(value, dict)
        else in_languages(value, kept)
        for name, value in part.items()
    }


def keys_of(raw: Raw) -> set[str]:
    """Every key that is taken by a section, a question or a computed value."""
    return {str(one.get("key")) for kind in (SECTION, QUESTION, COMPUTED) for one in parts_of(raw, kind)}


def new_key(text: str, taken: Iterable[str], otherwise: str = "question") -> str:
    """A key made of the first words of a text that nothing else has: "How many calls?" gives "how_many_calls"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")
    known = set(taken) | _TAKEN
    key = words[:30].rsplit("_", 1)[0] if len(words) > 30 and "_" in words[:30] else words[:30]
    key = (key.strip("_") or otherwise)[:30]
    number, found = 2, key
    while found in known:
        found = f"{key[: _LONGEST_KEY - 5]}_{number}"
        number += 1
    return found


def new_code(text: str, taken: Iterable[str]) -> str:
    """A code for a choice, made of its words; a number may stay a number."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_") or "choice"
    known = set(taken) | {"other"}
    number, found = 2, words
    while found in known:
        found = f"{words}_{number}"
        number += 1
    return found


def empty(key: str, title: str, language: str, languages: Iterable[str], section: str) -> Raw:
    """A form with one section and nothing in it. `section`: the words above it, in the form's own language."""
    return {
        "key": key, "language": language, "languages": list(dict.fromkeys([language, *languages])),
        "title": {language: title}, "about": {},
        "sections": [{"key": new_key(section, (), "section"), "title": {language: section}, "questions": []}],
        "computed": [], "checks": [],
    }  # fmt: skip


def _list(holder: Raw, name: str) -> list[Raw]:
    """The parts under a name, in place; whatever is no part is passed over."""
    found = holder.get(name)
    if not isinstance(found, list):
        return []
    return found if all(isinstance(one, dict) for one in found) else [one for one in found if isinstance(one, dict)]


def _place(raw: Raw, kind: str, key: str) -> tuple[list[Raw], int]:
    line = _list(section_of(raw, key), "questions") if kind == QUESTION else parts_of(raw, kind)
    place = next((number for number, one in enumerate(line) if one.get("key") == key), None)
    if place is None:
        raise NotThere
    return line, place


def speaks(raw: Any, language: str) -> bool:
    """Whether anything in the definition is written in this language."""
    if isinstance(raw, dict):
        text = raw.get(language)
        return (isinstance(text, str) and bool(text.strip())) or any(speaks(one, language) for one in raw.values())
    return isinstance(raw, list) and any(speaks(one, language) for one in raw)


def is_sound(raw: Any) -> bool:
    """Whether JSON from outside has the shape that the rest of this module goes by: parts in lists, each a mapping."""
    if not isinstance(raw, dict) or not isinstance(raw.get("language"), str):
        return False
    if not isinstance(raw.get("languages"), list) or not isinstance(raw.get("title"), dict):
        return False
    lists = [raw.get(name) for name in ("sections", "computed", "checks")]
    if not all(isinstance(one, list) and all(isinstance(part, dict) for part in one) for one in lists):
        return False
    questions = [section.get("questions") for section in raw["sections"]]
    return all(isinstance(one, list) and all(isinstance(part, dict) for part in one) for one in questions)
