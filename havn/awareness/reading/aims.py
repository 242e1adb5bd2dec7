"""Competence aims as a map of years and subjects, each with the resources of a centre that serve it."""

from collections import defaultdict
from dataclasses import dataclass

from havn.awareness.models import PageTerm, ResourcePage
from havn.awareness.rules.aims import subject_of, tree
from havn.common.clock import now
from havn.vocabularies.api import Label, current_of, label_of, terms_of

# Whose schools the aims that come with a release are for.
COUNTRIES = frozenset({"NO"})


@dataclass(frozen=True)
class Aim:
    """An aim, and how many resources serve it."""

    code: str
    label: Label
    count: int
    chosen: bool


@dataclass(frozen=True)
class Subject:
    """The aims of a subject after a year, where they are published, and how many resources serve any of them."""

    code: str
    label: Label
    source: str
    aims: list[Aim]
    count: int


@dataclass(frozen=True)
class Year:
    """A year, with the subjects that have aims after it."""

    code: str
    label: Label
    subjects: list[Subject]


@dataclass(frozen=True)
class Row:
    """A subject over all years: a place for each year, None where it has no aims."""

    label: Label
    cells: list[Subject | None]


def year_map(resources: list[ResourcePage], language: str, chosen: str = "") -> list[Year]:
    """Every aim that holds today, by year and subject, with how many of these resources serve it."""
    terms = {term.code: term for term in terms_of("aim", on=now().date())}
    serving = _serving(resources)

    def subject(group: str, aims: list[str]) -> Subject:
        found = [Aim(code, label_of(terms[code], language), len(serving[code]), code == chosen) for code in aims]
        count = len(set().union(*(serving[code] for code in aims)))
        return Subject(group, label_of(terms[group], language), terms[group].definition, found, count)

    return [
        Year(year, label_of(terms[year], language), [subject(group, aims) for group, aims in subjects.items()])
        for year, subjects in tree({code: term.broader for code, term in terms.items()}).items()
    ]


def rows_of(years: list[Year]) -> list[Row]:
    """The same as a table: a row for each subject, in the order in which they are first met."""
    cells: dict[str, dict[str, Subject]] = defaultdict(dict)
    for year in years:
        for subject in year.subjects:
            cells[subject_of(subject.code, year.code)][year.code] = subject
    return [Row(next(iter(of.values())).label, [of.get(year.code) for year in years]) for of in cells.values()]


def chosen_in(years: list[Year], code: str) -> tuple[Year, Subject, Aim] | None:
    """Where an aim stands; None for anything else than an aim of today."""
    places = ((year, subject, aim) for year in years for subject in year.subjects for aim in subject.aims)
    return next((place for place in places if place[2].code == code), None)


def serving_one(resources: list[ResourcePage], aim: str) -> list[ResourcePage]:
    """Those of the resources that serve an aim of today."""
    wanted = _serving(resources)[aim]
    return [page for page in resources if page.pk in wanted]


def _serving(resources: list[ResourcePage]) -> dict[str, set[int]]:
    """Each aim of today with the pages that serve it, also those coded with an aim that it took over from."""
    rows = PageTerm.objects.filter(dimension="aim", page__in=[page.pk for page in resources])
    coded: dict[str, set[int]] = defaultdict(set)
    for code, pk in rows.values_list("code", "page_id"):
        coded[code].add(pk)
    found: dict[str, set[int]] = defaultdict(set)
    for code, pages in coded.items():
        found[current_of("aim", code)] |= pages
    return found
