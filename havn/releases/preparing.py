"""Working a release out, before anything is locked: what to leave out, why, and what the audit says."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from havn.releases import queries
from havn.releases.models import Dataset, Release
from havn.releases.registry import Elsewhere
from havn.releases.rules.own import FewChanged
from havn.releases.rules.sensitivity import THRESHOLD
from havn.releases.rules.suppress import NotSafe, Outcome, Progress, frame_of, suppress
from havn.releases.rules.system import Asked, Mismatch, TooMuch
from havn.releases.rules.tables import ALL, NETWORK, Codes, Table
from havn.releases.rules.written import audit_json, counts_of, dimensions_of, given_json, log_json, table_json
from havn.tenancy.models import Centre


@dataclass(frozen=True)
class Prepared:
    """A release that may be published as long as `against` is all that can be read beside it."""

    dataset: Dataset
    first: dt.date
    last: dt.date
    table: dict[str, Any]
    log: list[dict[str, Any]]
    audit: dict[str, Any]
    against: tuple[str, ...]
    given: dict[str, Any]
    corrects: Release | None = None
    note: str = ""


class Unsafe(Exception):
    """Why a table cannot be published. `code`: "not-safe", "few-changed", "mismatch", "too-much", "nothing",
    "same" or "gone".

    `cells` are the numbers that would be given away: their codes with the dimensions' keys, days and whose they are.
    """

    def __init__(self, code: str, cells: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(code)
        self.code, self.cells = code, list(cells)


def prepare(
    dataset: Dataset, table: Table, *, first: dt.date, last: dt.date, note: str = "",
    centres: Iterable[str] = (), asked: int | None = None, progress: Progress = lambda share: None,
) -> Prepared:  # fmt: skip
    """Decide what a release shows and audit it together with everything published. Takes seconds; locks nothing.

    Where the period has a release already this is its correction. `centres`: the names of those that gave to a table
    of the network, `asked` how many were asked. Unsafe when it cannot be published.
    """
    old = queries.newest_version(dataset, first, last)
    found = audit(
        dataset.measure, dataset.centre, table, first=first, last=last, is_first=old is None,
        least=dataset.threshold, progress=progress,
    )  # fmt: skip
    written = table_json(found.outcome, language=dataset.language, centres=centres, asked=asked)
    if old is not None and _says_the_same(old.table, written):
        raise Unsafe("same")
    return Prepared(
        dataset=dataset,
        first=first,
        last=last,
        table=written,
        log=log_json(found.outcome),
        audit=audit_json(found.outcome, threshold=found.threshold),
        against=found.against,
        given=given_json(table.parts),
        corrects=old,
        note=note,
    )


@dataclass(frozen=True)
class Audited:
    """What may be told of a table as long as `against` is all that can be read beside it, and why the rest may not."""

    outcome: Outcome
    against: tuple[str, ...]
    threshold: int


def audit(
    measure: str, centre: Centre, table: Table, *, first: dt.date, last: dt.date, is_first: bool,
    least: int = THRESHOLD, also: Collection[Codes] = (), beside: Iterable[Elsewhere] = (),
    progress: Progress = lambda share: None,
) -> Audited:  # fmt: skip
    """The same for a table that is told in another place than a release, such as an article.

    `is_first`: whether nobody has read a table of it before. `also`: numbers that are left out in any case.
    `beside`: tables of the same measure that will be told with it. Unsafe when no choice is safe.
    """
    frame = replace(frame_of(table, centre.slug, first, last), lowest=1 if is_first else 0)
    keys = queries.read_together(measure, centre, first, last, of_network=frame.population == NETWORK)
    read = [*queries.told_together(measure, keys), *beside]
    threshold = queries.strictest_threshold(least, keys)
    knows = {one.told.key: one.parts for one in read if one.parts is not None}
    now = {one.told.key: one.now for one in read if one.now is not None}
    try:
        outcome = suppress(
            table, frame, [one.told for one in read],
            threshold=threshold, also=also, knows=knows, now=now, progress=progress,
        )  # fmt: skip
    except FewChanged as error:
        names = Centre.objects.filter(slug__in=error.centres).order_by("name").values_list("name", flat=True)
        raise Unsafe("few-changed", [{"name": name} for name in names]) from error
    except NotSafe as error:
        raise Unsafe("not-safe", [_told(one) for one in error.asked]) from error
    except Mismatch as error:
        raise Unsafe("mismatch", [{"key": str(error)}]) from error
    except TooMuch as error:
        raise Unsafe("too-much") from error
    return Audited(outcome, tuple(keys), threshold)


def _says_the_same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return counts_of(old) == counts_of(new) and dimensions_of(old) == dimensions_of(new)


def _told(one: Asked) -> dict[str, Any]:
    return {
        "codes": {key: code for key, code in zip(one.dimensions, one.codes, strict=True) if code != ALL},
        "first": one.span[0].isoformat(),
        "last": one.span[1].isoformat(),
        "whose": one.population,
    }
