"""The mappings of one coding to several reports: from `data/report-mappings.json`, and what a centre said instead."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from havn.vocabularies import api as vocabularies

_FILE = Path(__file__).resolve().parent / "data" / "report-mappings.json"


@cache
def mappings() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def reasons_to(name: str, centre_id: int | None = None) -> dict[str, str]:
    """Reason to the group of another list, "four_cs" or "chi": as the centre says, else as usual there."""
    if centre_id is None:
        return dict(mappings()[name]["reasons"])
    said = vocabularies.mappings_said(centre_id, "reason").get(name, {})
    return vocabularies.laid_over(usual_reasons_to(name, centre_id), said)


def usual_reasons_to(name: str, centre_id: int) -> dict[str, str]:
    """The same where the centre says nothing: a term of its own goes where its term of the network's list goes."""
    listed = dict(mappings()[name]["reasons"])
    codes = vocabularies.every_code("reason", centre_id=centre_id)
    if codes <= set(vocabularies.every_code("reason")):
        return listed
    newest = vocabularies.versions_of("reason")[-1].code
    own = vocabularies.by_standard(
        codes, standard_of("reason", newest, centre_id), listed, vocabularies.links("reason", centre_id=centre_id)
    )
    return {**listed, **own}


def standard_of(dimension: str, version: str, centre_id: int | None) -> dict[str, str]:
    """Every code of a list to the term of one of the network's versions under which it counts; others are left out.

    A term of that version is itself, whatever is said; of the others the centre says it, else what took over.
    """
    terms = {term.code for term in vocabularies.terms_in(version)}
    usual = usual_standard_of(dimension, version, centre_id)
    said = vocabularies.mappings_said(centre_id, dimension).get(version, {}) if centre_id is not None else {}
    return vocabularies.laid_over(usual, {code: target for code, target in said.items() if code not in terms})


def usual_standard_of(dimension: str, version: str, centre_id: int | None) -> dict[str, str]:
    """The same where the centre says nothing."""
    terms = {term.code for term in vocabularies.terms_in(version)}
    links = vocabularies.links(dimension, centre_id=centre_id)
    found = {code: vocabularies.in_version(code, terms, links) for code in links}
    return {code: target for code, target in found.items() if target}


def is_proposal(name: str) -> bool:
    """Whether nobody published this mapping, so that a centre must look at it before it files with it."""
    return bool(mappings()[name]["status"] == "proposal")
