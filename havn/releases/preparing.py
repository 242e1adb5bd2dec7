"""Working a release out, before anything is locked: what to leave out, why, and what the audit says."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from havn.releases import queries
from havn.releases.models import Dataset, Release
from havn.releases.rules.suppress import NotSafe, frame_of, suppress
from havn.releases.rules.system import Asked, Mismatch, TooMuch
from havn.releases.rules.tables import ALL, NETWORK, Table
from havn.releases.rules.written import audit_json, counts_of, dimensions_of, log_json, table_json


@dataclass(frozen=True)
class Prepared:
    """A release that may be published as long as `against` is all that can be read beside it."""

    dataset: Dataset
    first: dt.date
    last: dt.date
    table: dict[str, Any]
    log: list[dict[str, Any]]
    audit: dict[str, Any]
    against: tuple[int, ...]
    corrects: Release | None = None
    note: str = ""


class Unsafe(Exception):
    """Why a table cannot be published. `code`: "not-safe", "mismatch", "too-much", "nothing", "same" or "gone".

    `cells` are the numbers that would be given away: their codes with the dimensions' keys, days and whose they are.
    """

    def __init__(self, code: str, cells: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(code)
        self.code, self.cells = code, list(cells)


def prepare(
    dataset: Dataset, table: Table, *, first: dt.date, last: dt.date, note: str = "",
    centres: Iterable[str] = (), progress: Callable[[float], None] = lambda share: None,
) -> Prepared:  # fmt: skip
    """Decide what a release shows and audit it together with everything published. Takes seconds; locks nothing.

    Where the period has a release already this is its correction. `centres`: the names of those that gave to a table
    of the network. Unsafe when it cannot be published.
    """
    old = queries.newest_version(dataset, first, last)
    frame = replace(frame_of(table, dataset.centre.slug, first, last), lowest=0 if old else 1)
    of_network = frame.population == NETWORK
    against = queries.ids_read_together(dataset, first, last, of_network=of_network)
    earlier = queries.published_for_audit(against)
    threshold = queries.strictest_threshold(dataset, against)
    try:
        outcome = suppress(table, frame, earlier, threshold=threshold, progress=progress)
    except NotSafe as error:
        raise Unsafe("not-safe", [_told(one) for one in error.asked]) from error
    except Mismatch as error:
        raise Unsafe("mismatch", [{"key": str(error)}]) from error
    except TooMuch as error:
        raise Unsafe("too-much") from error
    written = table_json(outcome, language=dataset.language, centres=centres)
    if old is not None and _says_the_same(old.table, written):
        raise Unsafe("same")
    return Prepared(
        dataset=dataset,
        first=first,
        last=last,
        table=written,
        log=log_json(outcome),
        audit=audit_json(outcome, threshold=threshold),
        against=tuple(against),
        corrects=old,
        note=note,
    )


def _says_the_same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return counts_of(old) == counts_of(new) and dimensions_of(old) == dimensions_of(new)


def _told(one: Asked) -> dict[str, Any]:
    return {
        "codes": {key: code for key, code in zip(one.dimensions, one.codes, strict=True) if code != ALL},
        "first": one.span[0].isoformat(),
        "last": one.span[1].isoformat(),
        "whose": one.population,
    }
