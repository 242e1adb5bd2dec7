"""The national rules and the criteria of risk, from the data files and from what the helpline has written itself."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from havn.helpline.rules.record import RISKS
from havn.supervision.models import RiskCriteria
from havn.supervision.rules.escalation import Rules, rules_from

_DATA = Path(__file__).resolve().parent.parent / "data"
ANY = "any"


def rules_for_country(country: str) -> str:
    """The code of the rules for a country: its own, or the general ones where none have been worked out."""
    code = country.strip().upper()
    return code if code.isalpha() and len(code) == 2 and _file_of(code).is_file() else ANY


@cache
def rules_of(code: str, language: str) -> Rules:
    """These rules in a language. The general ones for a code whose file is gone."""
    path = _file_of(code)
    return rules_from(_read(path if path.is_file() else _file_of(ANY)), language)


def criteria_of(service_id: int, language: str) -> dict[str, str]:
    """By what a level of risk is told, level by level: the helpline's own words, else those that come with Havn."""
    return {level: text for level, (text, _spoken) in criteria_in(service_id, language).items()}


def criteria_in(service_id: int, language: str) -> dict[str, tuple[str, str]]:
    """The same, each with the language it is in: English where this level has no words in the one asked for."""
    ours = _read(_DATA / "risk-criteria.json")
    own = {
        (row.language, row.level): row.text
        for row in RiskCriteria.objects.filter(service_id=service_id, language__in=(language, "en"))
    }
    found = {}
    for level in RISKS:
        said = own.get((language, level)) or ours.get(language, {}).get(level)
        found[level] = (said, language) if said else (own.get(("en", level)) or ours["en"][level], "en")
    return found


def _file_of(code: str) -> Path:
    return _DATA / "escalation" / f"{code.lower()}.json"


@cache
def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
