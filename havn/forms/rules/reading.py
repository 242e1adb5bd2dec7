"""Reading the shape of a definition: what is missing, too long, unknown or there twice becomes a fault in its place."""

import re
from collections.abc import Mapping
from typing import Any

from havn.forms.rules import limits
from havn.forms.rules.definition import Band, Check, Computed, Definition, Labels, Level, Repeat, Section
from havn.forms.rules.evaluating import is_number
from havn.forms.rules.expressions import PERIODS, Expression, ExpressionFault, read
from havn.forms.rules.faults import DefinitionFault
from havn.forms.rules.reading_questions import fields_of, question_of

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?\Z")
# Words of the expression language, which no answer may be called.
TAKEN = (*PERIODS, "and", "or", "not", "in", "true", "false", "other", "basis")
_FIELDS = ("key", "language", "languages", "title", "about", "sections", "computed", "checks")
_SECTION = ("key", "title", "about", "show_if", "repeat", "questions")


class Reading:
    """What has been found so far: faults, keys that are taken, and where each stands. Its methods read one value."""

    def __init__(self) -> None:
        self.faults: list[DefinitionFault] = []
        self.places: dict[str, str] = {}
        self.languages: tuple[str, ...] = ()

    def fault(self, path: str, code: str, **values: str | int) -> None:
        self.faults.append(DefinitionFault(path, code, values))

    def table(self, raw: Any, path: str, known: tuple[str, ...]) -> Mapping[str, Any]:
        """A JSON object; names that are not known are a fault."""
        if not isinstance(raw, dict):
            self.fault(path, "not-an-object")
            return {}
        for name in raw:
            if name not in known:
                self.fault(f"{path}.{name}"[:200].strip("."), "unknown-field", name=str(name)[:40])
        return raw

    def rows(self, raw: Any, path: str, most: int) -> list[Any]:
        """A JSON list of at most so many."""
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.fault(path, "not-a-list")
            return []
        if len(raw) > most:
            self.fault(path, "too-many", most=most)
        return raw[:most]

    def place(self, raw: Any, path: str, number: int) -> str:
        """The path of one of a list: by its key or code where it has one, else by its number."""
        name = (raw.get("key") or raw.get("code")) if isinstance(raw, dict) else None
        return f"{path}.{name}" if isinstance(name, str) and CODE.match(name) else f"{path}.{number}"

    def is_code(self, raw: str) -> bool:
        """Whether a choice, row or column may be called so."""
        return bool(CODE.match(raw))

    def key(self, raw: Any, path: str) -> str:
        """A key that nothing else in the definition has."""
        if not isinstance(raw, str) or not KEY.match(raw):
            self.fault(f"{path}.key", "key")
            return ""
        if raw in TAKEN:
            self.fault(f"{path}.key", "key-taken", key=raw)
            return ""
        if raw in self.places:
            self.fault(f"{path}.key", "key-twice", key=raw)
            return ""
        self.places[raw] = path
        return raw

    def labels(self, raw: Any, path: str, longest: int = limits.LONGEST_LABEL, *, needed: bool = True) -> Labels:
        """Texts by language; plain text is that of the form's own language."""
        if raw in (None, "") or raw == {}:
            if needed:
                self.fault(path, "needs-text")
            return {}
        if not isinstance(raw, dict):
            self.fault(path, "texts-by-language")
            return {}
        found: dict[str, str] = {}
        for language, text in raw.items():
            if language not in self.languages:
                self.fault(path, "language-not-offered", language=str(language)[:12])
            elif not isinstance(text, str):
                self.fault(f"{path}.{language}", "not-text")
            elif len(text) > longest:
                self.fault(f"{path}.{language}", "text-too-long", most=longest)
            elif "\0" in text:
                self.fault(f"{path}.{language}", "not-text")
            elif text.strip():
                found[language] = text.strip()
        if needed and self.languages and not found.get(self.languages[0]):
            self.fault(f"{path}.{self.languages[0]}", "needs-text")
        return found

    def word(self, raw: Any, path: str, allowed: tuple[str, ...], otherwise: str) -> str:
        """One of several words."""
        if raw is None:
            return otherwise
        if raw not in allowed:
            self.fault(path, "one-of", allowed=", ".join(allowed))
            return otherwise
        return str(raw)

    def flag(self, raw: Any, path: str, otherwise: bool = False) -> bool:
        if raw is None:
            return otherwise
        if not isinstance(raw, bool):
            self.fault(path, "true-or-false")
            return otherwise
        return raw

    def number(self, raw: Any, path: str) -> float | None:
        """A finite number within ±LARGEST_NUMBER, or None where none is given."""
        if raw is None:
            return None
        if not is_number(raw):
            self.fault(path, "not-a-number")
            return None
        if abs(raw) > limits.LARGEST_NUMBER:
            self.fault(path, "number-too-large", most=limits.LARGEST_NUMBER)
            return None
        return raw

    def whole(self, raw: Any, path: str, least: int, most: int, otherwise: int) -> int:
        if raw is None:
            return otherwise
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            self.fault(path, "whole-between", least=least, most=most)
            return otherwise
        return raw

    def expression(self, raw: Any, path: str, *, needed: bool = False) -> Expression | None:
        """An expression that can be read; None where none is given."""
        if raw is None or raw == "":
            if needed:
                self.fault(path, "needs-expression")
            return None
        if not isinstance(raw, str):
            self.fault(path, "not-text")
            return None
        try:
            return read(raw)
        except ExpressionFault as wrong:
            self.fault(path, f"expression-{wrong.code}", at=wrong.at + 1, found=wrong.found)
            return None


def definition_of(reading: Reading, raw: Any) -> Definition:
    """What can be read; faults are in `reading`."""
    given = reading.table(raw, "", _FIELDS)
    language, languages = _languages(reading, given)
    sections = tuple(_sections(reading, given))
    questions = sum(len(section.questions) for section in sections)
    if questions > limits.MOST_QUESTIONS:
        reading.fault("sections", "too-many-questions", most=limits.MOST_QUESTIONS)
    key = given.get("key")
    if not isinstance(key, str) or not KEY.match(key):
        reading.fault("key", "key")
        key = ""
    title = reading.labels(given.get("title"), "title")
    about = reading.labels(given.get("about"), "about", limits.LONGEST_ABOUT, needed=False)
    computed, checks = _computed(reading, given.get("computed")), _checks(reading, given.get("checks"))
    return Definition(key, language, languages, title, about, sections, computed, checks)


def _languages(reading: Reading, given: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The form's own language first, then the others."""
    language = given.get("language")
    if not isinstance(language, str) or not LANGUAGE.match(language):
        reading.fault("language", "language")
        language = "en"
    others = [
        one for one in reading.rows(given.get("languages"), "languages", limits.MOST_LANGUAGES) if one != language
    ]
    for one in others:
        if not isinstance(one, str) or not LANGUAGE.match(one):
            reading.fault("languages", "language")
    reading.languages = (
        language,
        *dict.fromkeys(one for one in others if isinstance(one, str) and LANGUAGE.match(one)),
    )
    return language, reading.languages


def _sections(reading: Reading, given: Mapping[str, Any]) -> list[Section]:
    found: list[Section] = []
    for number, raw in enumerate(reading.rows(given.get("sections"), "sections", limits.MOST_SECTIONS)):
        path = reading.place(raw, "sections", number)
        one = reading.table(raw, path, _SECTION)
        key = reading.key(one.get("key"), path)
        questions = []
        for place, asked in enumerate(reading.rows(one.get("questions"), f"{path}.questions", limits.MOST_QUESTIONS)):
            question = question_of(reading, asked, reading.place(asked, f"{path}.questions", place))
            questions += [question] if question else []
        section = Section(
            key,
            reading.labels(one.get("title"), f"{path}.title"),
            reading.labels(one.get("about"), f"{path}.about", limits.LONGEST_ABOUT, needed=False),
            tuple(questions),
            reading.expression(one.get("show_if"), f"{path}.show_if"),
            _repeat(reading, one.get("repeat"), f"{path}.repeat"),
        )
        _room(reading, section, path)
        found += [section] if key else []
    if not found:
        reading.fault("sections", "needs-section")
    return found


def _repeat(reading: Reading, raw: Any, path: str) -> Repeat | None:
    if raw is None:
        return None
    given = reading.table(raw, path, ("least", "most", "title"))
    least = reading.whole(given.get("least"), f"{path}.least", 0, limits.MOST_ROWS, 0)
    most = reading.whole(given.get("most"), f"{path}.most", 1, limits.MOST_ROWS, 20)
    if least > most:
        reading.fault(path, "least-above-most")
    return Repeat(least, max(least, most), reading.labels(given.get("title"), f"{path}.title", needed=False))


def _room(reading: Reading, section: Section, path: str) -> None:
    """A repeated section is bounded as a whole: rows times fields, not each by itself."""
    if section.repeat is None:
        return
    fields = section.repeat.most * sum(fields_of(question) for question in section.questions)
    if fields > limits.MOST_CELLS_REPEATED:
        reading.fault(f"{path}.repeat", "too-many-repeated", most=limits.MOST_CELLS_REPEATED, now=fields)


def _computed(reading: Reading, raw: Any) -> tuple[Computed, ...]:
    found: list[Computed] = []
    for number, one in enumerate(reading.rows(raw, "computed", limits.MOST_COMPUTED)):
        path = reading.place(one, "computed", number)
        given = reading.table(one, path, ("key", "label", "value", "shown", "bands"))
        key = reading.key(given.get("key"), path)
        value = reading.expression(given.get("value"), f"{path}.value", needed=True)
        label = reading.labels(given.get("label"), f"{path}.label")
        shown = reading.flag(given.get("shown"), f"{path}.shown", otherwise=True)
        bands = _bands(reading, given.get("bands"), f"{path}.bands")
        found += [Computed(key, label, value, shown, bands)] if key and value else []
    return tuple(found)


def _bands(reading: Reading, raw: Any, path: str) -> tuple[Band, ...]:
    found: list[Band] = []
    for number, one in enumerate(reading.rows(raw, path, limits.MOST_BANDS)):
        at = f"{path}.{number}"
        given = reading.table(one, at, ("from", "label", "advice"))
        start = reading.number(given.get("from"), f"{at}.from")
        if start is None and given.get("from") is None:
            reading.fault(f"{at}.from", "not-a-number")
        label = reading.labels(given.get("label"), f"{at}.label")
        advice = reading.labels(given.get("advice"), f"{at}.advice", limits.LONGEST_ABOUT, needed=False)
        if found and start is not None and start <= found[-1].start:
            reading.fault(f"{at}.from", "bands-in-order")
        found.append(Band(start or 0, label, advice))
    return tuple(sorted(found, key=lambda band: band.start))


def _checks(reading: Reading, raw: Any) -> tuple[Check, ...]:
    found: list[Check] = []
    keys: set[str] = set()
    for number, one in enumerate(reading.rows(raw, "checks", limits.MOST_CHECKS)):
        path = reading.place(one, "checks", number)
        given = reading.table(one, path, ("key", "level", "holds", "at", "message"))
        key = given.get("key")
        if not isinstance(key, str) or not KEY.match(key):
            reading.fault(f"{path}.key", "key")
            key = ""
        elif key in keys:
            reading.fault(f"{path}.key", "key-twice", key=key)
            key = ""
        keys.add(key)
        level = reading.word(given.get("level"), f"{path}.level", tuple(Level), Level.ERROR)
        holds = reading.expression(given.get("holds"), f"{path}.holds", needed=True)
        message = reading.labels(given.get("message"), f"{path}.message")
        at = given.get("at")
        if not isinstance(at, str):
            reading.fault(f"{path}.at", "unknown-question", name="")
        found += [Check(key, Level(level), holds, at, message)] if key and holds and isinstance(at, str) else []
    return tuple(found)
