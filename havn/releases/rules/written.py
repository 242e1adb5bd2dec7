"""A release as it is stored and read: plain values, in the order of its lines."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from havn.releases.rules.suppress import Outcome
from havn.releases.rules.tables import ALL, Category, Codes, Dimension, Parts, Published, all_codes

Json = dict[str, Any]


def table_json(outcome: Outcome, *, language: str, centres: Iterable[str] = (), asked: int | None = None) -> Json:
    """The table as everybody reads it. `centres`: the names of those that gave to a table of the network, `asked` how
    many were asked; None where nobody says."""
    published = outcome.published
    return {
        "population": published.population,
        "language": language,
        "centres": sorted(centres),
        "asked": asked,
        "lowest": published.lowest,
        "dimensions": [
            {
                "key": one.key,
                "title": one.title,
                "categories": [
                    {"code": category.code, "label": category.label, "parent": category.parent}
                    for category in one.categories
                ],
            }
            for one in published.dimensions
        ],
        "cells": [
            {"codes": list(codes), "count": published.shown.get(codes)} for codes in all_codes(published.dimensions)
        ],
    }


def log_json(outcome: Outcome) -> list[Json]:
    """Which numbers were left out and why, in the order of the table. Without the numbers."""
    return [
        {"codes": list(codes), "why": outcome.why[codes]}
        for codes in all_codes(outcome.published.dimensions)
        if codes in outcome.why
    ]


def audit_json(outcome: Outcome, *, threshold: int) -> Json:
    """What the audit found: the interval of each number left out, and what it was worked out from."""
    return {
        "threshold": threshold,
        "readers": outcome.readers,
        "derived": outcome.derived,
        "against": list(outcome.against),
        "intervals": [
            {"codes": list(codes), "low": outcome.intervals[codes].low, "high": outcome.intervals[codes].high}
            for codes in all_codes(outcome.published.dimensions)
            if codes in outcome.intervals
        ],
    }


def dimensions_of(table: Json) -> tuple[Dimension, ...]:
    """The dimensions of a stored table."""
    return tuple(
        Dimension(
            one["key"], one["title"],
            tuple(Category(part["code"], part["label"], part["parent"]) for part in one["categories"]),
        )
        for one in table["dimensions"]
    )  # fmt: skip


def counts_of(table: Json) -> dict[Codes, int | None]:
    """Every number of a stored table; None where it is left out."""
    return {tuple(cell["codes"]): cell["count"] for cell in table["cells"]}


def published_of(key: str, first: dt.date, last: dt.date, table: Json) -> Published:
    """A stored table as the audit reads it."""
    counts = counts_of(table)
    return Published(
        key=key,
        population=table["population"],
        first=first,
        last=last,
        dimensions=dimensions_of(table),
        shown={codes: number for codes, number in counts.items() if number is not None},
        hidden=frozenset(codes for codes, number in counts.items() if number is None),
        lowest=table["lowest"],
    )


def given_json(parts: Parts | None) -> Json:
    """What each centre gave, as it is kept with a table of the network: {centre: [[codes, number], …]}."""
    return {
        centre: [[list(codes), number] for codes, number in sorted(counts.items()) if number]
        for centre, counts in (parts or {}).items()
    }


def given_of(given: Json) -> Parts:
    """The same read again."""
    return {centre: {tuple(codes): number for codes, number in rows} for centre, rows in given.items()}


def labels_of(dimensions: tuple[Dimension, ...], codes: Codes, total: str) -> list[str]:
    """The names of a number's codes; `total` where a dimension is added up."""
    return [total if code == ALL else one.label(code) for one, code in zip(dimensions, codes, strict=True)]


def together(about: Mapping[str, tuple[dt.date, dt.date]], first: dt.date, last: dt.date) -> set[str]:
    """The keys of the periods that touch this one, or one that touches it, and so on."""
    found: set[str] = set()
    spans = [(first, last)]
    while spans:
        begin, end = spans.pop()
        for key, (other_first, other_last) in about.items():
            if key not in found and other_first <= end and begin <= other_last:
                found.add(key)
                spans.append((other_first, other_last))
    return found
