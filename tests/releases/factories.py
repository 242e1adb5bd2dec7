"""Invented tables, datasets and releases."""

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from havn.common.clock import now
from havn.releases import api
from havn.releases.models import Dataset, Release
from havn.releases.rules.suppress import Outcome, frame_of, suppress
from havn.releases.rules.tables import Category, Codes, Dimension, Published, Table
from havn.releases.rules.written import table_json
from havn.tenancy.models import Centre

_numbers = itertools.count(1)
Q1 = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
Q2 = (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
Q3 = (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
Q4 = (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
Days = tuple[dt.date, dt.date]


def dimension(key: str, many: int, *, groups: Mapping[str, Sequence[int]] | None = None) -> Dimension:
    """A dimension with so many leaves, `<key>0` and on; `groups` name some of them together."""
    in_group = {leaf: name for name, leaves in (groups or {}).items() for leaf in leaves}
    categories = [Category(name, name.title()) for name in groups or {}]
    categories += [Category(f"{key}{at}", f"{key.title()} {at}", in_group.get(at, "")) for at in range(many)]
    return Dimension(key, key.title(), tuple(categories))


def grid(rows: Sequence[Sequence[int]], *, keys: tuple[str, str] = ("reason", "age")) -> Table:
    """A table of two dimensions from rows of numbers."""
    down, across = dimension(keys[0], len(rows)), dimension(keys[1], len(rows[0]))
    counts = {
        (f"{keys[0]}{row}", f"{keys[1]}{at}"): number
        for row, numbers in enumerate(rows)
        for at, number in enumerate(numbers)
        if number
    }
    return Table((down, across), counts)


def drawn(seed: int, *, contacts: int = 1200, rows: int = 16, columns: int = 5) -> Table:
    """A table as helplines have them: a few reasons are frequent, most are rare."""
    source = random.Random(seed)
    down = [1 / (at + 1) for at in range(rows)]
    across = [0.08, 0.2, 0.35, 0.3, 0.07, 0.1, 0.1][:columns]
    counts: Counter[Codes] = Counter()
    for _ in range(contacts):
        row, column = source.choices(range(rows), down)[0], source.choices(range(columns), across)[0]
        counts[f"reason{row}", f"age{column}"] += 1
    return Table((dimension("reason", rows), dimension("age", columns)), dict(counts))


def network(parts: Mapping[str, Sequence[Sequence[int]]]) -> Table:
    """A table of several centres, each with rows of numbers."""
    tables = {centre: grid(rows) for centre, rows in parts.items()}
    added: Counter[Codes] = Counter()
    for table in tables.values():
        added.update(table.counts)
    first = next(iter(tables.values()))
    return Table(first.dimensions, dict(added), {centre: table.counts for centre, table in tables.items()})


def released(
    table: Table, days: Days = Q1, *, earlier: Sequence[Published] = (), centre: str = "norway", key: str = "1",
    threshold: int = 5, corrects: bool = False,
) -> tuple[Published, Outcome]:  # fmt: skip
    """What would be published of a table after earlier releases, and what is known of it."""
    frame = frame_of(table, centre, *days)
    if corrects:
        frame = replace(frame, lowest=0)
    outcome = suppress(table, frame, earlier, threshold=threshold)
    return replace(outcome.published, key=key), outcome


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The table as it is stored and downloaded."""
    return table_json(outcome, language="en")


def make_dataset(centre: Centre, **fields: Any) -> Dataset:
    """A dataset of a centre, given by an app."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "key": f"talks-{number}", "measure": "test.talks", "title": f"Talks {number}", "description": "How many talks.",
        "language": "en", "publisher": centre.name, "created_at": now(),
    }  # fmt: skip
    return Dataset.objects.create(centre=centre, **{**values, **fields})


def make_release(dataset: Dataset, table: Table | None = None, days: Days = Q1, *, note: str = "") -> Release:
    """A published release of a table with a few small numbers."""
    table = table or grid([[20, 3, 9], [14, 8, 30], [7, 12, 0]])
    return api.publish(api.prepare(dataset, table, first=days[0], last=days[1], note=note), None)
