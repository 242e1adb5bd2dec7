"""Loading the lists that records are coded with from the files in `data/`. May run any number of times."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from havn.vocabularies.api import Term, VocabularyFacts, former_labels, load

DATA = Path(__file__).resolve().parent.parent / "data"
DIMENSIONS = ("person", "gender", "place", "channel")
SINCE = dt.date(2018, 1, 1)


def load_vocabularies() -> int:
    """Make or refresh every list of a helpline. Returns how many terms there are. No term is ever removed."""
    reasons, labels = _read("helpline-reasons.json"), _read("helpline-labels.json")
    lists = [
        VocabularyFacts(
            dimension="reason",
            code=scheme["id"],
            valid_from=dt.date.fromisoformat(scheme["valid_from"]),
            valid_to=dt.date.fromisoformat(scheme["valid_to"]) if scheme["valid_to"] else None,
            terms=[_reason(term, labels) for term in reasons["terms"] if scheme["id"] in term["in"]],
        )
        for scheme in reasons["schemes"]
    ]
    for dimension in DIMENSIONS:
        terms = [_plain(dimension, name, labels) for name in reasons["dimensions"][dimension]]
        lists.append(VocabularyFacts(dimension, f"{dimension}-2018", SINCE, terms=terms))
    outcomes = [Term(code=one["code"], labels=one["labels"]) for one in labels["outcome"]]
    lists.append(VocabularyFacts("outcome", "outcome-2018", SINCE, terms=outcomes))
    return load(vocabularies=lists)


def _reason(term: dict[str, Any], labels: dict[str, Any]) -> Term:
    return Term(
        code=term["code"],
        labels={"en": term["label"], **labels["labels"]["reason"].get(term["code"], {})},
        definition=term.get("definition", ""),
        former_labels=former_labels(term.get("former_labels", [])),
        replaced_by=term.get("replaced_by", ""),
        four_c=term.get("four_c") or "",
    )


def _plain(dimension: str, name: str, labels: dict[str, Any]) -> Term:
    code = slugify(name)
    english = "SMS" if name == "sms" else name[:1].upper() + name[1:]
    return Term(code=code, labels={"en": english, **labels["labels"][dimension].get(code, {})})


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found
