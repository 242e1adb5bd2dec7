"""Lists as files: `{"vocabularies": [{"dimension", "code", "valid_from", "valid_to", "terms": […]}]}`.

A term is an object with the names of `facts.Term`; only code and labels must be there. Any app keeps its own folder.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from havn.vocabularies.facts import FormerLabel, Term, VocabularyFacts

PUBLIC = Path(__file__).resolve().parent / "data"


def read_folder(folder: Path) -> list[VocabularyFacts]:
    """Every version in the JSON files of a folder, in the order of the files' names."""
    found: list[VocabularyFacts] = []
    for path in sorted(folder.glob("*.json")):
        found += [_vocabulary(one) for one in json.loads(path.read_text(encoding="utf-8"))["vocabularies"]]
    return found


def former_labels(given: list[dict[str, Any]]) -> tuple[FormerLabel, ...]:
    """Former labels as they stand in a file: a label, its language, and the last day it was in use if that is known."""
    return tuple(FormerLabel(one["label"], one["language"], _day(one.get("until"))) for one in given)


def _vocabulary(given: dict[str, Any]) -> VocabularyFacts:
    return VocabularyFacts(
        dimension=given["dimension"],
        code=given["code"],
        valid_from=dt.date.fromisoformat(given["valid_from"]),
        valid_to=_day(given["valid_to"]),
        terms=[_term(one) for one in given["terms"]],
    )


def _term(given: dict[str, Any]) -> Term:
    return Term(**{**given, "former_labels": former_labels(given.get("former_labels", []))})


def _day(given: str | None) -> dt.date | None:
    return dt.date.fromisoformat(given) if given else None
