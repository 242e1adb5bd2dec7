"""The published history as it was printed: each figure with its qualifier, nothing filled in.

A cell of the table holds a number with what was printed before it (">16" is "over 16", "~13.5" is "about 13.5") and
may name another band ("~7.5 (under 12)"). An empty cell is a figure that nobody printed, and stays one.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from havn.trends.rules.quarters import Quarter, quarter_named

# Column of the file -> dimension, code. Percentages all; the total stands by itself.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "cyberbullying_pct": ("reason", "cyberbullying"),
    "sextortion_pct": ("reason", "oscec"),
    "ecrime_pct": ("reason", "e-crime"),
    "love_relationships_sexuality_pct": ("reason", "love-relationships-sexuality"),
    "teens_12_18_pct": ("person", "teen-12-18"),
    "children_5_11_pct": ("person", "child-5-11"),
    "parents_pct": ("person", "parent-or-carer"),
    "parents_and_teachers_pct": ("person", "parents-and-teachers"),
    "female_pct": ("gender", "girl-or-woman"),
    "male_pct": ("gender", "boy-or-man"),
    "phone_pct": ("channel", "phone"),
    "chat_pct": ("channel", "chat"),
    "email_pct": ("channel", "e-mail"),
    "web_form_pct": ("channel", "web-form"),
    "place_social_media_pct": ("place", "social-media"),
    "place_messaging_pct": ("place", "messaging"),
    "place_gaming_pct": ("place", "gaming"),
}
QUALIFIERS = ("exact", "over", "just over", "almost", "just under", "about")
BASES = ("stated", "later", "derived")
_CELL = re.compile(r"([<>~]?)\s*(\d+(?:\.\d+)?)\s*(?:\((.+)\))?")
_BEFORE = {"": "exact", ">": "over", "<": "almost", "~": "about"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One figure of one quarter. `note` is what the source says of how it was got, or of another band."""

    quarter: Quarter
    dimension: str
    code: str
    value: Decimal
    qualifier: str
    basis: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class PrintedQuarter:
    """A quarter of the table: its figures, and what else its page said. A quarter may have no total."""

    quarter: Quarter
    basis: str
    basis_words: str
    other: str
    source: str
    figures: tuple[Printed, ...]


def read_history(text: str) -> list[PrintedQuarter]:
    """The table, oldest first. ValueError with quarter and column for what is not understood."""
    return [_quarter(row) for row in csv.DictReader(io.StringIO(text))]


def _quarter(row: Mapping[str, str]) -> PrintedQuarter:
    quarter = quarter_named(row["quarter"])
    basis, source = _basis(row["basis"]), row["source_page"]
    figures = []
    if row["total_contacts"]:
        value, before, _other = _cell(quarter, "total_contacts", row["total_contacts"])
        qualifier, note = _total_qualifier(quarter, row["total_qualifier"], before)
        figures.append(Printed(quarter, "total", "all", value, qualifier, basis, note, source))
    for column, (dimension, code) in COLUMNS.items():
        if row[column]:
            value, before, other = _cell(quarter, column, row[column])
            figures.append(Printed(quarter, dimension, code, value, before, basis, other, source))
    return PrintedQuarter(quarter, basis, row["basis"], row["other_published_facts"], source, tuple(figures))


def _cell(quarter: Quarter, column: str, text: str) -> tuple[Decimal, str, str]:
    found = _CELL.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{quarter}, {column}: {text!r} is not a number.")
    return Decimal(found[2]), _BEFORE[found[1]], found[3] or ""


def _total_qualifier(quarter: Quarter, text: str, before: str) -> tuple[str, str]:
    """A derived total says in its qualifier how it was derived: that is its note, and it is only about right."""
    if text in QUALIFIERS:
        return text, ""
    if text.startswith("derived"):
        return "about", text.removeprefix("derived").strip().removeprefix("(").removesuffix(")")
    if not text:
        return before, ""
    raise ValueError(f"{quarter}, total_qualifier: {text!r} is not known.")


def _basis(text: str) -> str:
    """Stated in the quarter's own article, stated later by another one, or derived from others."""
    if text == "stated":
        return "stated"
    return "later" if text.startswith("stated retrospectively") else "derived"
