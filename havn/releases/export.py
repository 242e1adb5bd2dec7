"""A release as files: CSV with its CSVW metadata, XLSX, JSON. A number left out is an empty cell, "hidden" beside it.

CSV and CSVW are W3C's "Model for Tabular Data and Metadata on the Web"; totals are called "_T" as in SDMX.
"""

import csv
import io
import json
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.common.cells import safe_cell
from havn.releases import words
from havn.releases.models import Release
from havn.releases.pages import grids_of, hidden_in
from havn.releases.rules.tables import Dimension
from havn.releases.rules.written import counts_of, dimensions_of, labels_of
from havn.statistics.export import Sheet, xlsx_pieces

TOTAL = "_T"
SHOWN, HIDDEN = "shown", "hidden"
CSVW = "http://www.w3.org/ns/csvw"


def csv_of(release: Release) -> bytes:
    """One line for each number: a code and a name for each dimension, the number, and whether it is shown."""
    dimensions = dimensions_of(release.table)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow([*(name for one in dimensions for name in _columns(one)), "count", "status"])
    with override(release.dataset.language):
        total = _("All together")
    for codes, number in counts_of(release.table).items():
        labels = labels_of(dimensions, codes, total)
        pairs = [part for code, label in zip(codes, labels, strict=True) for part in (code or TOTAL, label)]
        status = HIDDEN if number is None else SHOWN
        lines.writerow([*(safe_cell(part) for part in pairs), "" if number is None else number, status])
    return written.getvalue().encode()


def csvw_of(release: Release, file: str) -> dict[str, Any]:
    """The metadata of the CSV: what it is, whose, under which licence, and what each column holds."""
    dataset, dimensions = release.dataset, dimensions_of(release.table)
    columns: list[dict[str, Any]] = []
    for one in dimensions:
        code, label = _columns(one)
        values = "|".join(re.escape(safe_cell(value)) for value in [*(part for part in one.codes if part), TOTAL])
        columns.append(
            {"name": code, "titles": code, "required": True, "datatype": {"base": "string", "format": values},
             "dc:title": one.title}
        )  # fmt: skip
        columns.append({"name": label, "titles": label, "required": True, "datatype": "string"})
    with override(dataset.language):
        about = _("How many. Empty where the number is left out to protect children.")
        who = words.who_gave(release.table["centres"], release.table.get("asked"))
    columns += [
        {"name": "count", "titles": "count", "required": False, "null": "",
         "datatype": {"base": "integer", "minimum": 0}, "dc:description": about},
        {"name": "status", "titles": "status", "required": True,
         "datatype": {"base": "string", "format": f"{SHOWN}|{HIDDEN}"}},
    ]  # fmt: skip
    given = {"dc:contributor": release.table["centres"], "dc:provenance": who} if who else {}
    return {
        "@context": [CSVW, {"@language": dataset.language}],
        "url": file,
        "dc:title": dataset.title,
        "dc:description": dataset.description,
        "dc:license": {"@id": dataset.licence},
        "dc:publisher": dataset.publisher,
        **given,
        "dc:temporal": f"{release.first}/{release.last}",
        "dc:issued": {"@value": release.published_at.date().isoformat(), "@type": "xsd:date"},
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": columns, "primaryKey": [_columns(one)[0] for one in dimensions]},
    }


def json_of(release: Release) -> dict[str, Any]:
    """The release as plain values."""
    dataset, dimensions = release.dataset, dimensions_of(release.table)
    return {
        "title": dataset.title,
        "description": dataset.description,
        "language": dataset.language,
        "publisher": dataset.publisher,
        "licence": dataset.licence,
        "period": {"first": release.first.isoformat(), "last": release.last.isoformat()},
        "version": release.version,
        "corrects": release.version - 1 or None,
        "note": release.note,
        "published": release.published_at.isoformat(timespec="seconds"),
        "centres": release.table["centres"],
        "asked": release.table.get("asked"),
        "dimensions": release.table["dimensions"],
        "cells": [
            {
                "codes": {one.key: code or TOTAL for one, code in zip(dimensions, codes, strict=True)},
                "count": number,
                "status": HIDDEN if number is None else SHOWN,
            }
            for codes, number in counts_of(release.table).items()
        ],
    }


def json_bytes(value: Any) -> bytes:
    """JSON as it is sent, always the same for the same values."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def xlsx_of(release: Release) -> bytes:
    """The tables as people read them, in the language of the dataset; what is left out says so."""
    dataset = release.dataset
    with override(dataset.language):
        hidden, every = hidden_in(release.table)
        above = [
            words.period(release.first, release.last),
            dataset.publisher,
            words.licence(dataset.licence),
            *([who] if (who := words.who_gave(release.table["centres"], release.table.get("asked"))) else []),
            *([words.left_out(hidden, every)] if hidden else []),
            *([release.note] if release.note else []),
        ]
        sheets = [
            Sheet(
                grid.caption or dataset.title,
                above,
                [grid.head, *grid.columns],
                [
                    [line.label, *(cell.number if cell.number is not None else cell.text for cell in line.cells)]
                    for line in grid.lines
                ],
            )
            for grid in grids_of(release.table)
        ]
        return b"".join(xlsx_pieces(sheets))


def _columns(dimension: Dimension) -> tuple[str, str]:
    name = re.sub(r"[^a-z0-9]+", "_", dimension.key.lower()).strip("_") or "dimension"
    return name, f"{name}_label"
