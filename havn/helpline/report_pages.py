"""Tables as a page shows them: numbers in the reader's writing, shares, changes by their right names, bars."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from havn.helpline import words_reports as words
from havn.helpline.queries.reports import Over
from havn.helpline.rules.reports import BANDS, HELPED, Figures
from havn.statistics.rules.charts import HEIGHT, WIDTH, columns, heat
from havn.statistics.rules.comparing import change_percent, change_points, share
from havn.statistics.rules.tables import Table


def shown(table: Table) -> dict[str, Any]:
    """A table for `helpline/report_table.html`."""
    rows = _list_rows(table) if table.is_list else _grid_rows(table)
    sums = [sum(line.numbers[at] for line in table.lines) for at in range(len(table.columns))]
    return {
        "key": table.key,
        "title": table.title,
        "note": table.note,
        "head": table.head,
        "columns": table.columns,
        "is_list": table.is_list,
        "is_heat": table.key == "load",
        "compares": bool(table.before),
        "adds_up": table.adds_up,
        "rows": rows,
        "sums": [words.number(one) for one in sums],
        "total": words.number(table.total),
        "total_before": words.number(table.total_before) if table.before else "",
        "change": words.change(change_percent(table.total, table.total_before)) if table.before else "",
    }


def _list_rows(table: Table) -> list[dict[str, Any]]:
    most = max((line.numbers[0] for line in table.lines), default=0)
    rows = []
    for place, line in enumerate(table.lines):
        now = line.numbers[0]
        part = share(now, table.total) if table.adds_up else None
        row = {
            "label": line.label,
            "note": line.note,
            "number": words.number(now),
            "share": words.percent(part) if table.adds_up else "",
            "bar": round(100 * now / most, 1) if most else 0,
        }
        if table.before:
            old = table.before[place]
            row["before"] = words.number(old)
            row["points"] = words.change(change_points(part, share(old, table.total_before)))
            row["change"] = words.change(change_percent(now, old))
        rows.append(row)
    return rows


def _grid_rows(table: Table) -> list[dict[str, Any]]:
    most = max((number for line in table.lines for number in line.numbers), default=0)
    return [
        {
            "label": line.label,
            "cells": [
                {"number": words.number(number), "heat": heat(number, most), "column": column}
                for number, column in zip(line.numbers, table.columns, strict=True)
            ],
            "sum": words.number(sum(line.numbers)),
        }
        for line in table.lines
    ]


def key_numbers(now: Figures, before: Figures) -> list[dict[str, str]]:
    """What a coordinator looks at first, each against the period before."""
    answered, earlier = share(now.answered, now.offered), share(before.answered, before.offered)
    soon, soon_before = _soon(now), _soon(before)
    helped, helped_before = _helped(now), _helped(before)
    return [
        {
            "name": _("Attempts"),
            "value": words.number(now.offered),
            "change": words.change_in_percent(change_percent(now.offered, before.offered)),
        },
        {
            "name": _("Answered"),
            "value": words.percent(answered),
            "note": _("%(answered)s of %(offered)s")
            % {"answered": words.number(now.answered), "offered": words.number(now.offered)},
            "change": words.change_in_points(change_points(answered, earlier)),
        },
        {
            "name": _("Talks"),
            "value": words.number(now.talks),
            "change": words.change_in_percent(change_percent(now.talks, before.talks)),
        },
        {
            "name": _("Waited under 5 minutes"),
            "value": words.percent(soon),
            "note": _("of those who were answered"),
            "change": words.change_in_points(change_points(soon, soon_before)),
        },
        {
            "name": _("“Yes, it helped”"),
            "value": words.percent(helped),
            "note": _("of %(count)s answers") % {"count": words.number(sum(now.feedback.values()))},
            "change": words.change_in_points(change_points(helped, helped_before)),
        },
    ]


def chart(grain: str, days: Sequence[Over]) -> dict[str, Any]:
    """Attempts over time with those that were answered in front, and the same as a table."""
    wholes = [one.figures.offered for one in days]
    parts = [one.figures.answered for one in days]
    labels = [date_format(one.day, "DATE_FORMAT" if grain == "d" else "YEAR_MONTH_FORMAT") for one in days]
    most = max(wholes, default=0)
    highest = labels[wholes.index(most)] if most else ""
    return {
        "columns": columns(wholes, parts, labels),
        "width": WIDTH,
        "height": HEIGHT,
        "first": labels[0] if labels else "",
        "last": labels[-1] if labels else "",
        "summary": _("Most attempts: %(most)s, %(when)s.") % {"most": words.number(most), "when": highest},
        "has_any": most > 0,
        "rows": [
            {"label": label, "offered": words.number(whole), "answered": words.number(part),
             "share": words.percent(share(part, whole))}
            for label, whole, part in zip(labels, wholes, parts, strict=True)
            if whole
        ],
    }  # fmt: skip


def _soon(figures: Figures) -> float | None:
    waited = figures.codes("waiting", ends=("answered", "without-talk"))
    return share(sum(waited[band] for band in BANDS[:2]), sum(waited.values()))


def _helped(figures: Figures) -> float | None:
    return share(figures.feedback[HELPED], sum(figures.feedback.values()))
