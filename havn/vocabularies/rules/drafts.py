"""A draft of the next version of a list: what changed in it, and what keeps it from being published. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from havn.vocabularies.facts import Term

LONGEST_LABEL, LONGEST_DEFINITION, MOST_TERMS = 80, 300, 120
ENGLISH = "en"
# Beside the codes of the network, which never begin so: a later list of theirs can't mean another word by it.
OWN = "own-"


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """A term of a draft. Retired it needs `replaced_by`, or `ends`: said that nothing takes over."""

    code: str
    labels: dict[str, str]
    definition: str = ""
    broader: str = ""
    retired: bool = False
    replaced_by: str = ""
    ends: bool = False


class Fault(StrEnum):
    """What keeps a draft from being published."""

    NOTHING_CHANGED = "nothing-changed"
    EMPTY = "empty"
    NO_ENGLISH = "no-english"
    SAME_LABEL = "same-label"
    NO_SUCCESSOR = "no-successor"
    BAD_SUCCESSOR = "bad-successor"
    BAD_GROUP = "bad-group"
    MUST_STAY = "must-stay"


@dataclass(frozen=True, slots=True)
class Found:
    """One fault, at a term (its code) or at the whole ("")."""

    fault: Fault
    code: str = ""


@dataclass(frozen=True)
class Changes:
    """What a draft changes, by code. `renamed` are terms whose label is another in some language they had before."""

    new: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    retired: dict[str, str] = field(default_factory=dict)
    translated: list[str] = field(default_factory=list)
    regrouped: list[str] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)
    reordered: bool = False

    @property
    def any(self) -> bool:
        """Whether anything changed at all."""
        lists = (self.new, self.renamed, self.retired, self.translated, self.regrouped, self.defined)
        return self.reordered or any(lists)


def copy_of(terms: Iterable[Term]) -> list[DraftTerm]:
    """The draft that a version begins as: the same terms."""
    return [DraftTerm(one.code, dict(one.labels), one.definition, one.broader) for one in terms]


def as_rows(terms: Iterable[DraftTerm]) -> list[dict[str, Any]]:
    """For keeping as JSON."""
    return [asdict(one) for one in terms]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[DraftTerm]:
    """The inverse."""
    return [DraftTerm(**row) for row in rows]


def new_code(label: str, used: Collection[str]) -> str:
    """A code for a new term that nothing in this list was ever coded with."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = OWN + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:36].strip("-") or "term")
    number, code = 1, stem
    while code in used:
        number += 1
        code = f"{stem}-{number}"
    return code


def put(terms: Sequence[DraftTerm], term: DraftTerm) -> list[DraftTerm]:
    """The draft with a term in the place of the one of its code, or at the end."""
    if any(one.code == term.code for one in terms):
        return [term if one.code == term.code else one for one in terms]
    return [*terms, term]


def without(terms: Sequence[DraftTerm], code: str) -> list[DraftTerm]:
    """The draft without a term that it had added itself."""
    return [one for one in terms if one.code != code]


def moved(terms: Sequence[DraftTerm], code: str, *, up: bool) -> list[DraftTerm]:
    """The draft with a term one place further up or down, among those that are in force."""
    order = [one.code for one in terms if not one.retired]
    if code not in order:
        return list(terms)
    at = order.index(code)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(order):
        return list(terms)
    by_code = {one.code: one for one in terms}
    order[at], order[other] = order[other], order[at]
    return [*(by_code[one] for one in order), *(one for one in terms if one.retired)]


def changes(before: Sequence[Term], draft: Sequence[DraftTerm]) -> Changes:
    """What the draft changes against the version that it was copied from."""
    old = {one.code: one for one in before}
    found = Changes(
        retired={one.code: one.replaced_by for one in draft if one.retired},
        reordered=_is_reordered([one.code for one in before], [one.code for one in draft if not one.retired]),
    )
    for one in draft:
        was = old.get(one.code)
        if one.retired:
            continue
        if was is None:
            found.new.append(one.code)
            continue
        had = {language: label for language, label in was.labels.items() if label}
        if any(one.labels.get(language, "") != label for language, label in had.items()):
            found.renamed.append(one.code)
        elif any(label and language not in had for language, label in one.labels.items()):
            found.translated.append(one.code)
        if one.broader != was.broader:
            found.regrouped.append(one.code)
        if one.definition != was.definition:
            found.defined.append(one.code)
    return found


def faults(before: Sequence[Term], draft: Sequence[DraftTerm], *, must_stay: Collection[str]) -> list[Found]:
    """Everything that keeps the draft from being published; empty when it may be."""
    there = {one.code: one for one in draft if not one.retired}
    groups = {one.broader for one in there.values() if one.broader}
    found: list[Found] = []
    if not there.keys() - groups:
        found.append(Found(Fault.EMPTY))
    if not changes(before, draft).any:
        found.append(Found(Fault.NOTHING_CHANGED))
    for one in draft:
        found += _faults_of(one, there, groups, must_stay)
    return found + [Found(Fault.SAME_LABEL, code) for code in _same_labels(there.values())]


def missing_labels(terms: Iterable[DraftTerm], languages: Iterable[str]) -> dict[str, list[str]]:
    """Language to the codes in force that have no label in it; only languages that lack some."""
    there = [one for one in terms if not one.retired]
    lacking = {language: [one.code for one in there if not one.labels.get(language)] for language in languages}
    return {language: codes for language, codes in lacking.items() if codes}


def groups_of(broader_of: Mapping[str, str]) -> set[str]:
    """The codes that other terms stand under, given code to parent: headings, with which nothing is coded."""
    return {parent for parent in broader_of.values() if parent}


def _faults_of(
    one: DraftTerm, there: Mapping[str, DraftTerm], groups: Collection[str], must_stay: Collection[str]
) -> list[Found]:
    found = []
    if not one.labels.get(ENGLISH):
        found.append(Found(Fault.NO_ENGLISH, one.code))
    if one.code in must_stay and (one.retired or one.code in groups):
        found.append(Found(Fault.MUST_STAY, one.code))
    if one.retired:
        if not one.replaced_by and not one.ends:
            found.append(Found(Fault.NO_SUCCESSOR, one.code))
        if one.replaced_by and (one.replaced_by not in there or one.replaced_by in groups):
            found.append(Found(Fault.BAD_SUCCESSOR, one.code))
    elif one.broader and (one.broader not in there or there[one.broader].broader or one.broader == one.code):
        found.append(Found(Fault.BAD_GROUP, one.code))
    return found


def _same_labels(terms: Iterable[DraftTerm]) -> list[str]:
    seen: set[tuple[str, str]] = set()
    twice = []
    for one in terms:
        mine = {(language, label.casefold()) for language, label in one.labels.items() if label}
        if mine & seen:
            twice.append(one.code)
        seen |= mine
    return twice


def _is_reordered(before: Sequence[str], now: Sequence[str]) -> bool:
    both = set(before) & set(now)
    return [code for code in before if code in both] != [code for code in now if code in both]
