"""Loading the lists that records are coded with from the files in `data/`. May run any number of times."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from havn.helpline.models import Vocabulary, VocabularyTerm

DATA = Path(__file__).resolve().parent.parent / "data"
DIMENSIONS = ("person", "gender", "place", "channel")


@transaction.atomic
def load_vocabularies() -> int:
    """Make or refresh every vocabulary, with its validity and its terms' labels. Returns how many terms there are.

    A term is never removed here: contacts may be coded with it.
    """
    reasons, labels = _read("helpline-reasons.json"), _read("helpline-labels.json")
    count = 0
    for scheme in reasons["schemes"]:
        terms = [_reason(term, labels) for term in reasons["terms"] if scheme["id"] in term["in"]]
        count += _load("reason", scheme["id"], scheme["valid_from"], scheme["valid_to"], terms)
    for dimension in DIMENSIONS:
        terms = [_plain(dimension, name, labels) for name in reasons["dimensions"][dimension]]
        count += _load(dimension, f"{dimension}-2018", "2018-01-01", None, terms)
    count += _load("outcome", "outcome-2018", "2018-01-01", None, labels["outcome"])
    return count


def _load(dimension: str, code: str, valid_from: str, valid_to: str | None, terms: list[dict[str, Any]]) -> int:
    vocabulary, _new = Vocabulary.objects.update_or_create(
        code=code,
        defaults={
            "dimension": dimension,
            "valid_from": dt.date.fromisoformat(valid_from),
            "valid_to": dt.date.fromisoformat(valid_to) if valid_to else None,
        },
    )
    for place, term in enumerate(terms):
        VocabularyTerm.objects.update_or_create(
            vocabulary=vocabulary,
            code=term["code"],
            defaults={**{key: value for key, value in term.items() if key != "code"}, "order": place},
        )
    return len(terms)


def _reason(term: dict[str, Any], labels: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": term["code"],
        "labels": {"en": term["label"], **labels["labels"]["reason"].get(term["code"], {})},
        "four_c": term.get("four_c") or "",
        "definition": term.get("definition", ""),
        "former_label": term.get("former_label", ""),
        "replaced_by": term.get("replaced_by", ""),
    }


def _plain(dimension: str, name: str, labels: dict[str, Any]) -> dict[str, Any]:
    code = slugify(name)
    english = "SMS" if name == "sms" else name[:1].upper() + name[1:]
    return {"code": code, "labels": {"en": english, **labels["labels"][dimension].get(code, {})}}


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found
