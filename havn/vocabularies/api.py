"""The door of vocabularies for the apps above.

from havn.vocabularies.api import label_of, line_of, terms_of
for term in terms_of("topic", on=today):
    print(label_of(term, "nb"))
line_of("topic", "sextortion")  # ("sextortion", "oscec"): count under both
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from havn.vocabularies import files
from havn.vocabularies.actions.loading import load
from havn.vocabularies.facts import FormerLabel, Label, Term, VocabularyFacts
from havn.vocabularies.files import former_labels
from havn.vocabularies.queries import (
    as_term,
    mappings_said,
    successors_of,
    term_named,
    terms_by_code,
    terms_in_version,
    terms_valid,
    terms_valid_in,
    version_valid,
    versions_in,
)
from havn.vocabularies.registry import EditableList, Scheme, register_list
from havn.vocabularies.rules.drafts import groups_of
from havn.vocabularies.rules.lines import follow, label_in, line
from havn.vocabularies.rules.mapping import by_standard, in_version, laid_over
from havn.vocabularies.rules.versions import Version

__all__ = [
    "EditableList",
    "FormerLabel",
    "Label",
    "Scheme",
    "Term",
    "Version",
    "VocabularyFacts",
    "by_standard",
    "codes_of",
    "codes_to_code_with",
    "current_of",
    "every_code",
    "follow_all",
    "former_labels",
    "groups_of",
    "in_version",
    "label_of",
    "laid_over",
    "line_of",
    "links",
    "lists_on",
    "load",
    "load_folder",
    "load_public",
    "mappings_said",
    "register_list",
    "successors",
    "term_of",
    "terms_in",
    "terms_named",
    "terms_of",
    "version_on",
    "versions_of",
]


def versions_of(dimension: str, *, centre_id: int | None = None) -> list[Version]:
    """The versions of a list that hold for a centre (None: the shared ones), the oldest first, with their days."""
    return versions_in(dimension, centre_id)


def terms_in(version: str) -> list[Term]:
    """The terms of one version with the labels that they had in it, in their order."""
    return [as_term(row) for row in terms_in_version(version)]


def successors(dimension: str, *, centre_id: int | None = None) -> dict[str, str]:
    """Code to the code that took over in the end, of every term of a list."""
    return follow_all(successors_of(dimension, centre_id))


def links(dimension: str, *, centre_id: int | None = None) -> dict[str, str]:
    """Code to the code that followed it ("" for none), of every term that a list ever had."""
    return successors_of(dimension, centre_id)


def every_code(dimension: str, *, centre_id: int | None = None) -> set[str]:
    """Every code that a list ever had."""
    return set(successors_of(dimension, centre_id))


def follow_all(followed_by: Mapping[str, str]) -> dict[str, str]:
    """The same of links from term to successor ("" for none) that the caller has read already."""
    return {code: follow(code, followed_by) for code in followed_by}


def terms_of(dimension: str, *, on: dt.date, centre_id: int | None = None) -> list[Term]:
    """The terms of a list that are valid on a day, in their order: of the centre's own version where one holds."""
    return [as_term(row) for row in terms_valid(dimension, on, centre_id)]


def lists_on(dimensions: Iterable[str], *, on: dt.date, centre_id: int | None = None) -> dict[str, list[Term]]:
    """What `terms_of` gives of each of these lists, in one query for all."""
    found = terms_valid_in(dimensions, on, centre_id)
    return {dimension: [as_term(row) for row in rows] for dimension, rows in found.items()}


def codes_of(dimension: str, *, on: dt.date, centre_id: int | None = None) -> list[str]:
    """Only the codes of the terms that are valid on a day: cheap, for checking what is being stored."""
    return list(terms_valid(dimension, on, centre_id).values_list("code", flat=True))


def codes_to_code_with(dimension: str, *, on: dt.date, centre_id: int | None = None) -> list[str]:
    """The same without those that only head a group."""
    rows = list(terms_valid(dimension, on, centre_id).values_list("code", "broader"))
    groups = groups_of(dict(rows))
    return [code for code, _broader in rows if code not in groups]


def term_of(dimension: str, code: str, *, centre_id: int | None = None) -> Term | None:
    """A term by its code, also one that is valid no longer: what was coded with it must stay readable."""
    return term_named(dimension, code, centre_id)


def terms_named(dimension: str, codes: Iterable[str]) -> dict[str, Term]:
    """Several terms by their codes, in one query; what is unknown is left out."""
    return terms_by_code(dimension, codes)


def label_of(term: Term, language: str) -> Label:
    """What the term is called. `Label.language` is another than asked for when there is no translation."""
    return label_in(term.labels, language, term.code)


def line_of(dimension: str, code: str, *, centre_id: int | None = None) -> tuple[str, ...]:
    """Every code that became the same term as this one, the oldest first. Count under all of them."""
    return line(code, successors_of(dimension, centre_id))


def current_of(dimension: str, code: str) -> str:
    """The code that took over in the end; the code itself when it was never replaced."""
    return follow(code, successors_of(dimension))


def version_on(dimension: str, *, on: dt.date, centre_id: int | None = None) -> str:
    """The code of the version that holds on a day, the centre's own before the shared one, or ""."""
    return version_valid(dimension, on, centre_id)


def load_folder(folder: Path) -> int:
    """Make or refresh every list in the JSON files of a folder of your own (see `files.py`). Returns the terms."""
    return load(vocabularies=files.read_folder(folder))


def load_public() -> int:
    """Make or refresh topics, audiences and sections, which all centres share."""
    return load_folder(files.PUBLIC)
