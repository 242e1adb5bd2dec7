"""One row of a table as a contact, or the reasons why not. Values in, values out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from havn.helpline.rules.figures import Facts, Reason, day_of
from havn.helpline.rules.record import WITHOUT_TALK, band, half_hour_of, platform_of

# What a column may be. Of the coded ones each word of the column is given a code once, for the whole file.
CODED = (
    "channel", "result", "language", "person", "age_band", "gender", "place", "online", "outcome", "risk", "feedback",
    "reason", "reasons",
)  # fmt: skip
FREE = ("day", "time", "waiting", "length", "platform")
FIELDS = ("day", "time", "channel", "result", "language", "reason", "reasons", "person", "age_band", "gender", "online",
          "place", "platform", "outcome", "risk", "feedback", "waiting", "length")  # fmt: skip
# Said once for the whole file where no column tells.
CONSTANTS = ("channel", "result", "language")
# A column with more words than this is no list of codes.
MOST_VALUES = 80
OLDEST = dt.date(2000, 1, 1)
NOON = dt.time(12)
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d")
_MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M")
_TIMES = ("%H:%M", "%H.%M", "%H:%M:%S")
_AGES = ((9, "under-9"), (12, "9-11"), (15, "12-14"), (19, "15-18"))


@dataclass(frozen=True)
class Meaning:
    """Which column is which field, what its words mean ("" leaves them out), and what holds for the whole file."""

    columns: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """For keeping as JSON."""
        return {"columns": dict(self.columns), "values": dict(self.values), "constants": dict(self.constants)}


@dataclass(frozen=True)
class Known:
    """What rows are held against: codes by field, the lists of reasons with their days, lines of terms, zone, today."""

    codes: Mapping[str, Sequence[str]]
    reasons: Sequence[tuple[str, dt.date, dt.date | None, frozenset[str]]]
    lines: Mapping[str, Sequence[str]]
    zone: ZoneInfo
    today: dt.date


@dataclass(frozen=True)
class Problem:
    """Why a row can't be taken: a code for the sentence, the field, and the word of the file."""

    code: str
    field: str
    word: str = ""


def contact_of(row: Sequence[str], mapping: Meaning, known: Known) -> Facts | list[Problem]:
    """The contact that a row tells of, or every reason why it is none."""
    problems: list[Problem] = []
    moment = _moment(row, mapping, known, problems)
    codes = {name: _coded(name, row, mapping, known, problems) for name in CODED if name not in ("reason", "reasons")}
    for name in CONSTANTS:
        if not codes[name]:
            problems.append(Problem("missing", name))
    reasons = _reasons(row, mapping, known, moment, problems)
    waited, lasted = (_minutes(name, row, mapping, problems) for name in ("waiting", "length"))
    if problems or moment is None:
        return problems
    answered, about = codes["result"] == "answered", codes["online"] == "yes"
    talk = answered and codes["outcome"] not in WITHOUT_TALK
    return Facts(
        half_hour=moment,
        channel=codes["channel"],
        result=codes["result"],
        language=codes["language"],
        waiting_band=waited,
        length_band=lasted if answered else "",
        person=codes["person"] if talk else "",
        age_band=codes["age_band"],
        gender=codes["gender"] if talk else "",
        place=codes["place"] if talk and about else "",
        platform=platform_of(_text("platform", row, mapping)) if talk and about else "",
        online=(codes["online"] == "yes") if talk and codes["online"] else None,
        outcome=codes["outcome"] if answered else "",
        risk=codes["risk"] if talk else "",
        feedback=int(codes["feedback"]) if codes["feedback"] else None,
        reasons=reasons if talk else (),
    )


def words_of(rows: Sequence[Sequence[str]], column: int, *, several: bool) -> list[str] | None:
    """The different words of a column in their order; None when they are too many to be a list of codes."""
    found: dict[str, None] = {}
    for row in rows:
        text = row[column].strip() if column < len(row) else ""
        for word in _split(text) if several else [text] if text else []:
            found[word] = None
            if len(found) > MOST_VALUES:
                return None
    return sorted(found, key=str.casefold)


def guess(name: str, word: str, labels: Mapping[str, str]) -> str:
    """The code that a word most likely means: by its label or code in any language; of an age in years its band."""
    plain = word.strip().casefold()
    if plain in labels:
        return labels[plain]
    if name == "age_band" and plain.isdecimal() and len(plain) < 3:
        return next((code for limit, code in _AGES if int(plain) < limit), "over-18")
    return ""


def _moment(row: Sequence[str], mapping: Meaning, known: Known, problems: list[Problem]) -> dt.datetime | None:
    text = _text("day", row, mapping)
    moment = _parsed(text, _MOMENTS) or _parsed(text, _DAYS)
    if moment is None:
        problems.append(Problem("day" if text else "missing", "day", text))
        return None
    clock = moment.time() if _parsed(text, _MOMENTS) else NOON
    if said := _text("time", row, mapping):
        at = _parsed(said, _TIMES)
        if at is None:
            problems.append(Problem("time", "time", said))
            return None
        clock = at.time()
    if not OLDEST <= moment.date() <= known.today:
        problems.append(Problem("when", "day", text))
        return None
    local = dt.datetime.combine(moment.date(), clock, tzinfo=known.zone)
    return dt.datetime.fromtimestamp(half_hour_of(int(local.timestamp() * 1000)) / 1000, dt.UTC)


def _coded(name: str, row: Sequence[str], mapping: Meaning, known: Known, problems: list[Problem]) -> str:
    text = _text(name, row, mapping)
    if not text:
        return mapping.constants.get(name, "")
    words = mapping.values.get(name, {})
    if text not in words:
        problems.append(Problem("unmapped", name, text))
        return ""
    code = words[text]
    if code and code not in known.codes[name]:
        problems.append(Problem("unknown", name, text))
        return ""
    return code


def _reasons(
    row: Sequence[str], mapping: Meaning, known: Known, moment: dt.datetime | None, problems: list[Problem]
) -> tuple[Reason, ...]:
    if moment is None:
        return ()
    day = day_of(moment, known.zone)
    found: list[tuple[str, bool]] = []
    for name in ("reason", "reasons"):
        for word in [_text(name, row, mapping)] if name == "reason" else _split(_text(name, row, mapping)):
            words = mapping.values.get(name, {})
            if word and word not in words:
                problems.append(Problem("unmapped", name, word))
            elif word and words[word]:
                found.append((words[word], name == "reason"))
    made: dict[str, Reason] = {}
    for code, _main in found:
        here = _valid(code, day, known)
        if here is None:
            problems.append(Problem("not-then", "reason", code))
        else:
            made.setdefault(here[1], Reason(here[0], here[1], not made))
    return tuple(made.values())


def _valid(code: str, day: dt.date, known: Known) -> tuple[str, str] | None:
    """The list that held on the day and the term of it: the code itself, or one of its line."""
    for version, first, last, codes in reversed(known.reasons):
        if first <= day and (last is None or day <= last):
            return next(((version, one) for one in (code, *known.lines.get(code, ())) if one in codes), None)
    return None


def _minutes(name: str, row: Sequence[str], mapping: Meaning, problems: list[Problem]) -> str:
    text = _text(name, row, mapping)
    if not text:
        return ""
    try:
        minutes = float(text.replace(",", "."))
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes <= 24 * 60:
        problems.append(Problem("minutes", name, text))
        return ""
    return band(int(minutes * 60_000))


def _text(name: str, row: Sequence[str], mapping: Meaning) -> str:
    column = mapping.columns.get(name)
    return row[column].strip() if column is not None and column < len(row) else ""


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.replace(";", "|").replace(",", "|").split("|") if word.strip()]


def _parsed(text: str, forms: Sequence[str]) -> dt.datetime | None:
    for form in forms:
        try:
            return dt.datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the centre's, given later
        except ValueError:
            continue
    return None
