"""By what a talk is reviewed: criteria with their scales, as data with versions."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from havn.statistics.rules.masking import mask_list

FOUR, YES_NO = "four", "yes-no"
# What may be answered on each scale, the worst first.
SCALES: Mapping[str, tuple[int, ...]] = {FOUR: (1, 2, 3, 4), YES_NO: (0, 1)}
MOST = 20
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question to a talk: a code that scores are counted by, its scale, and its text by language."""

    code: str
    scale: str
    texts: Mapping[str, str]

    def said_in(self, language: str) -> tuple[str, str]:
        """Its text and the language that is in: English, or the first there is, where this one has none."""
        for code in (language, "en", *self.texts):
            if self.texts.get(code):
                return self.texts[code], code
        return self.code, "en"

    def as_row(self) -> dict[str, Any]:
        """As it is kept."""
        return {"code": self.code, "scale": self.scale, "texts": dict(self.texts)}


def criteria_from(rows: Sequence[Mapping[str, Any]]) -> list[Criterion]:
    """As they were kept, or stand in the data file. KeyError or ValueError when a row is not whole."""
    found = [Criterion(str(row["code"]), str(row["scale"]), dict(row["texts"])) for row in rows]
    if why := why_not(found):
        raise ValueError(f"These are no criteria: {why}.")
    return found


def why_not(criteria: Sequence[Criterion]) -> str | None:
    """None when a talk can be reviewed by these, else: "none", "many", "twice", "scale", "text" or "long"."""
    if not criteria:
        return "none"
    if len(criteria) > MOST:
        return "many"
    if len({one.code for one in criteria}) != len(criteria):
        return "twice"
    for one in criteria:
        if one.scale not in SCALES:
            return "scale"
        if not any(text.strip() for text in one.texts.values()):
            return "text"
        if any(len(text) > LONGEST for text in one.texts.values()):
            return "long"
    return None


def with_texts(
    criteria: Sequence[Criterion],
    *,
    language: str,
    texts: Mapping[str, str],
    scales: Mapping[str, str],
    removed: Collection[str] = (),
) -> list[Criterion]:
    """The criteria with these texts in one language and these scales. One left without any text is gone."""
    changed = []
    for one in criteria:
        if one.code in removed:
            continue
        words = {code: text for code, text in one.texts.items() if code != language}
        if text := texts.get(one.code, "").strip():
            words[language] = text
        if words:
            changed.append(Criterion(one.code, scales.get(one.code, one.scale), words))
    return changed


def unscored(criteria: Sequence[Criterion], scores: Mapping[str, int]) -> list[str]:
    """The codes that have no answer of their scale yet."""
    return [one.code for one in criteria if scores.get(one.code) not in SCALES[one.scale]]


def half_year_of(day: dt.date) -> str:
    """ "2026-1" for January to June, "2026-2" for the rest of the year."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def ends_on(half_year: str) -> dt.date:
    """The last day of a half-year."""
    year, half = half_year.split("-")
    return dt.date(int(year), 6, 30) if half == "1" else dt.date(int(year), 12, 31)


def shown_scores(counts: Mapping[int, int], scale: str, *, people: int, least: int) -> list[int | None] | None:
    """How often each answer of the scale was given; None while the talks of fewer than `least` people were reviewed."""
    if people < least:
        return None
    return mask_list([counts.get(value, 0) for value in SCALES[scale]], threshold=least).cells[0]
