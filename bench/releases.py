"""What safe figures cost: a release of 16 reasons by 5 ages prepared with its audit.

suppress_s             leaving out and auditing a table of 1,200 contacts with all its totals, median of twelve
suppress_hidden        how many of its 80 cells are left out, mean
suppress_contacts_pc   per cent of the contacts that stand in cells left out, mean
primary_recovered_pc   per cent of the small numbers that a reader recovers when only they are left out

The tables are invented: a few reasons are frequent, most are rare, as helplines report them. What a reader recovers
is worked out by the audit itself on the table with nothing but its small cells left out.
"""

import datetime as dt
import random
import time
from collections import Counter
from pathlib import Path
from statistics import mean, median

from havn.releases.rules.audit import Audit
from havn.releases.rules.program import Fact
from havn.releases.rules.suppress import frame_of, suppress
from havn.releases.rules.system import System
from havn.releases.rules.tables import ALL, Category, Codes, Dimension, Table

REASONS, AGES, CONTACTS, TABLES = 16, 5, 1200, 12
THRESHOLD = 5
QUARTER = (dt.date(2026, 1, 1), dt.date(2026, 3, 31))


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """The figures. Nothing is read or written."""
    tables = [_table(seed) for seed in range(3 if quick else TABLES)]
    # The first loads the solver.
    _suppressed(tables[0])
    seconds, hidden, small, recovered = [], [], 0, 0
    for table in tables:
        began = time.perf_counter()
        left_out = _suppressed(table)
        seconds.append(time.perf_counter() - began)
        hidden.append(sum(ALL not in codes for codes in left_out))
        many, known = _primary_only(table)
        small, recovered = small + many, recovered + known
    return {
        "suppress_s": median(seconds),
        "suppress_hidden": mean(hidden),
        "suppress_contacts_pc": 100 * mean(_share(table) for table in tables),
        "primary_recovered_pc": 100 * recovered / small,
    }


def _table(seed: int) -> Table:
    source = random.Random(seed)
    down, across = [1 / (at + 1) for at in range(REASONS)], [0.08, 0.2, 0.35, 0.3, 0.07]
    counts: Counter[Codes] = Counter()
    for _ in range(CONTACTS):
        reason, age = source.choices(range(REASONS), down)[0], source.choices(range(AGES), across)[0]
        counts[f"r{reason}", f"a{age}"] += 1
    reasons = Dimension("reason", "Reason", tuple(Category(f"r{at}", f"r{at}") for at in range(REASONS)))
    ages = Dimension("age", "Age", tuple(Category(f"a{at}", f"a{at}") for at in range(AGES)))
    return Table((reasons, ages), dict(counts))


def _suppressed(table: Table) -> dict[Codes, str]:
    return suppress(table, frame_of(table, "norway", *QUARTER), threshold=THRESHOLD).why


def _share(table: Table) -> float:
    """How many of the contacts stand in cells that are left out."""
    return sum(table.whole[codes] for codes in _suppressed(table) if ALL not in codes) / CONTACTS


def _primary_only(table: Table) -> tuple[int, int]:
    """How many numbers are small, and how many of them are known to within the threshold when only they are hidden."""
    frame = frame_of(table, "norway", *QUARTER)
    system = System([frame])
    forms = {codes: system.form_of(frame, codes) for codes in table.whole}
    small = [codes for codes, number in table.whole.items() if 0 < number < THRESHOLD]
    audit = Audit(
        system,
        [
            Fact(forms[codes], 1 if codes in small else number, None if codes in small else number)
            for codes, number in table.whole.items()
        ],
    )
    return len(small), sum(not audit.bounds(forms[codes]).is_wide(THRESHOLD) for codes in small)
