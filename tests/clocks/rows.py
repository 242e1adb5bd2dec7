"""Rows of every kind of data with a clock, found in the files `rows_<app>.py` beside this one.

Each holds `ROWS`: the kind's name to a function that makes one row whose clock runs out at a moment, with its sealed
rest, and gives a function that counts what is left of it.
"""

import datetime as dt
import importlib
from collections.abc import Callable
from pathlib import Path

Left = Callable[[], int]
Make = Callable[[dt.datetime], Left]


def all_rows() -> dict[str, Make]:
    """Every one, by the name of its kind."""
    found: dict[str, Make] = {}
    for path in sorted(Path(__file__).parent.glob("rows_*.py")):
        module = importlib.import_module(f"tests.clocks.{path.stem}")
        assert not set(found) & set(module.ROWS), path.name
        found |= module.ROWS
    return found
