"""The door of statistics for the apps above.

from havn.statistics import api as statistics
statistics.add(service_id=7, day=day, cells={("result", "chat", "answered"): 1})   # in the transaction of the row
statistics.counted([7], first, last, ["result"])   # Counter of (dimension, within, code)
"""

from havn.statistics.actions import add, add_days, count_what_was_never_counted, rebuild
from havn.statistics.queries import counted, last_checks, series, span_of
from havn.statistics.registry import Cell, Source, register_source

__all__ = [
    "Cell",
    "Source",
    "add",
    "add_days",
    "count_what_was_never_counted",
    "counted",
    "last_checks",
    "rebuild",
    "register_source",
    "series",
    "span_of",
]
