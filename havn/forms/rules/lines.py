"""Lists written as lines of text, as people edit them: "By phone | phone | 2" is a choice with its code and score."""

import math
import re
from typing import Any

from havn.forms.rules import editing
from havn.forms.rules.editing import Raw

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\Z")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?\Z")


def choices_as_lines(choices: Any, language: str) -> str:
    """Each choice on a line, always with its code, so that new words keep what answers were counted under."""
    lines = []
    for one in choices if isinstance(choices, list) else []:
        if isinstance(one, dict):
            score = one.get("score")
            parts = [_words(one.get("label"), language), str(one.get("code", ""))]
            lines.append(" | ".join([*parts, _plain(score)] if isinstance(score, (int, float)) else parts))
    return "\n".join(lines)


def choices_from_lines(text: str, language: str, before: Any) -> list[Raw]:
    """The choices that the lines say. Words of other languages stay with their codes; a new one gets a code."""
    old = {one.get("code"): one for one in before if isinstance(one, dict)} if isinstance(before, list) else {}
    by_words = {_words(one.get("label"), language): str(code) for code, one in old.items()}
    lines = [_split(line) for line in text.splitlines() if line.strip()]
    taken: set[str] = {code for _label, code, _score in lines if code}
    found: list[Raw] = []
    for label, said, score in lines:
        code = said or by_words.get(label, "")
        if not said and (not code or code in taken):
            code = editing.new_code(label, taken)
        taken.add(code)
        kept = old.get(code, {}).get("label")
        texts = {**(kept if isinstance(kept, dict) else {}), language: label}
        found.append({"code": code, "label": texts, **({} if score is None else {"score": score})})
    return found


def twice(text: str) -> str:
    """Words that stand on two lines, whatever their codes; "" where every line says something else."""
    known: set[str] = set()
    for line in text.splitlines():
        words = " ".join(_split(line)[0].split()) if line.strip() else ""
        if words and words.casefold() in known:
            return words
        known.add(words.casefold())
    return ""


def bands_as_lines(bands: Any, language: str) -> str:
    """Each band on a line: where it begins, what it is called, and what to do."""
    lines = []
    for one in bands if isinstance(bands, list) else []:
        if isinstance(one, dict):
            start = one.get("from")
            parts = [_plain(start) if isinstance(start, (int, float)) else "", _words(one.get("label"), language)]
            advice = _words(one.get("advice"), language)
            lines.append(" | ".join([*parts, advice] if advice else parts))
    return "\n".join(lines)


def bands_from_lines(text: str, language: str, before: Any) -> list[Raw]:
    """The bands that the lines say. Words of other languages stay with the number a band begins at."""
    rows = before if isinstance(before, list) else []
    old = {one.get("from"): one for one in rows if isinstance(one, dict)}
    found: list[Raw] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        start, label, advice = ([part.strip() for part in line.split("|", 2)] + ["", ""])[:3]
        number = _number(start)
        kept = old.get(number, {})
        band: Raw = {
            "from": number if number is not None else start,
            "label": _with(kept.get("label"), language, label),
        }
        texts = _with(kept.get("advice"), language, advice)
        found.append({**band, **({"advice": texts} if texts else {})})
    return found


def _with(texts: Any, language: str, text: str) -> dict[str, str]:
    kept = {code: one for code, one in texts.items() if code != language} if isinstance(texts, dict) else {}
    return {language: text, **kept} if text else kept


def _split(line: str) -> tuple[str, str, int | float | None]:
    """Label, code and score. Without a code the whole line is the label, whatever marks are in it."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > 2 and _CODE.match(parts[-2]) and (not parts[-1] or _number(parts[-1]) is not None):
        return line.rsplit("|", 2)[0].strip(), parts[-2], _number(parts[-1])
    if len(parts) > 1 and _CODE.match(parts[-1]):
        return line.rsplit("|", 1)[0].strip(), parts[-1], None
    return line.strip(), "", None


def _words(labels: Any, language: str) -> str:
    text = labels.get(language, "") if isinstance(labels, dict) else ""
    return " ".join(text.split()) if isinstance(text, str) else ""


def _number(text: str) -> int | float | None:
    if not _NUMBER.match(text):
        return None
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _plain(number: float) -> str:
    return str(int(number)) if math.isfinite(number) and float(number).is_integer() else str(number)
