"""Reading the facts of `data/centres.json`: free text becomes typed facts where it is certain, else stays words.

What cannot be read for sure is never guessed: hours without days stay words, an audience nobody states stays empty.
"""

import re
from dataclasses import dataclass, field
from typing import Any

_DAYS = {"mon": "Mo", "tue": "Tu", "wed": "We", "thu": "Th", "fri": "Fr", "sat": "Sa", "sun": "Su"}
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:/(?:19|20)\d\d)?\b")
_NAMES = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_WEEK = re.compile(rf"{_NAMES}-{_NAMES} (\d\d:\d\d)-(\d\d:\d\d)")
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")

# A channel of the file, and the channel of a contact point.
CHANNELS = {
    "phone": "phone",
    "chat": "chat",
    "sms": "text",
    "email": "mail",
    "web": "page",
    "form": "form",
    "online counselling": "form",
    "online message": "form",
    "forum": "forum",
    "letter": "letter",
    "letterbox": "letter",
    "whatsapp": "whatsapp",
    "telegram": "telegram",
    "app": "app",
    "in person": "visit",
}
_NUMBERED = {"phone", "text", "whatsapp"}

_AUDIENCES = {
    "children": ("child", "minor", "young people", "teenager", "up to 18"),
    "parents": ("parent", "carer", "famil"),
    "professionals": ("professional", "teacher", "educator"),
}
_POLICE = ("police", "criminal investigation")
_ASSOCIATIONS = ("association", "save the children", "union for child")


@dataclass(frozen=True)
class ReadHours:
    """Hours of a point: `rule` when they are certain, else `words`. `old`: printed long ago or in a passing source."""

    channel: str
    rule: str = ""
    words: str = ""
    language: str = ""
    staff_group: str = ""
    published: str = ""

    @property
    def old(self) -> bool:
        """Whether the source itself says that these hours may be of another year."""
        return bool(self.published)


@dataclass(frozen=True)
class ReadPoint:
    """One way to reach a service. `number`, `url` and `email` may all be empty: said to exist, not said where."""

    channel: str
    number: str = ""
    url: str = ""
    email: str = ""
    label: str = ""
    note: str = ""
    menu: str = ""
    free: bool | None = None
    languages: tuple[str, ...] = ()
    hours: tuple[ReadHours, ...] = field(default=())


def rule_of(days: str | None, opens: str, closes: str, note: str | None) -> str:
    """The opening_hours rule of a row; "" when the days are not stated."""
    if not days:
        return ""
    names = "-".join(_DAYS[day] for day in days.split("-"))
    note = note or ""
    if (names, opens, closes) == ("Mo-Su", "00:00", "24:00"):
        return "24/7"
    if "holidays" in note or "every day of the year" in note:
        names += ",PH"
    rule = f"{names} {opens}-{closes}"
    return f"{rule}; PH off" if "working days" in note else rule


def read_hours(rows: list[dict[str, Any]] | None) -> list[ReadHours]:
    """The hours of a helpline, each with the channel that its row names ("" for all of them)."""
    found = []
    for row in rows or []:
        named = str(row["channel"])
        note = row["note"] or ""
        rule = rule_of(row["days"], row["from"], row["to"], note)
        language = "sv" if named.endswith(" sv") else ""
        staff = "professionals" if "professionals" in named else "volunteers" if "volunteers" in note else ""
        dated = _YEAR.search(note) or "older" in note
        published = re.sub(r",? ?volunteers", "", note) if dated else ""
        words = "" if rule else f"{row['from']}–{row['to']}" + (f", {note}" if note else "")
        for channel in _channels_of(named):
            found.append(ReadHours(channel, rule, words, language, staff, published))
    return found


def _channels_of(named: str) -> tuple[str, ...]:
    if named == "all":
        return ("",)
    if named == "Scammed":
        return ("text",)
    if named == "text and chat":
        return ("text", "chat")
    return (named.split(" ", maxsplit=1)[0],)


def read_words_of_hours(text: str | None, channel: str) -> tuple[ReadHours, ...]:
    """The hours of a hotline, which the file holds in one line of words."""
    if not text:
        return ()
    if text.startswith("24/7"):
        return (ReadHours(channel, "24/7"),)
    span = _SPAN.search(text)
    if span and "working days" in text:
        return (ReadHours(channel, f"Mo-Fr {span[1]}-{span[2]}; PH off"),)
    return (ReadHours(channel, words=text),)


def read_points(helpline: dict[str, Any]) -> list[ReadPoint]:
    """Every way to reach a helpline, each with its hours. A channel without number or address is kept without."""
    hours = read_hours(helpline["opening_hours"])
    points = [_numbered(phone, helpline) for phone in helpline["phones"]]
    for name in helpline["channels"]:
        channel = CHANNELS[name]
        if channel in _NUMBERED and any(point.channel == channel for point in points):
            continue
        if any(point.channel == channel for point in points):
            continue
        if channel == "mail":
            points.append(ReadPoint("mail", email=helpline["email"] or ""))
        elif channel in _NUMBERED | {"telegram", "app", "visit"}:
            points.append(ReadPoint(channel, label=_label(channel, helpline)))
        else:
            points.append(ReadPoint(channel, url=helpline["website"] or ""))
    if helpline["email"] and not any(point.channel == "mail" for point in points):
        points.append(ReadPoint("mail", email=helpline["email"]))
    return [_with_hours(point, hours) for point in points]


def _numbered(phone: dict[str, Any], helpline: dict[str, Any]) -> ReadPoint:
    note = phone["note"] or ""
    channel = "phone"
    if note == "text" or "by text" in note:
        channel = "text"
    elif note == "WhatsApp":
        channel = "whatsapp"
    keys = re.search(r"press (\w)", note)
    free = True if note.startswith("free") else None
    said = {"text", "WhatsApp", "free", "freephone", "in Swedish"}
    return ReadPoint(
        channel,
        number=phone["number"],
        label=note.partition(" helpline")[0] if "helpline, by text" in note else "",
        note="" if note in said or keys or "by text" in note else note,
        menu=keys[1] if keys else "",
        free=free,
        languages=("sv",) if note == "in Swedish" else (),
    )


def _label(channel: str, helpline: dict[str, Any]) -> str:
    name = re.search(r"Telegram (@\w+)", helpline["note"] or "")
    return name[1] if channel == "telegram" and name else ""


def _with_hours(point: ReadPoint, hours: list[ReadHours]) -> ReadPoint:
    answering = {"phone", "chat", "text", "whatsapp", "telegram", "form"}
    mine = []
    for one in hours:
        if one.channel != point.channel and not (one.channel == "" and point.channel in answering):
            continue
        # Hours of one language belong to the number of that language, and only to it.
        if point.channel == "phone" and (one.language or None) != (point.languages[0] if point.languages else None):
            continue
        mine.append(one)
    return ReadPoint(**{**vars(point), "hours": tuple(mine)})


def read_audiences(words: str | None) -> tuple[str, ...]:
    """For whom, where the words say it; () when nobody states it."""
    text = (words or "").lower().partition(";")[0].partition(" working with")[0]
    return tuple(code for code, signs in _AUDIENCES.items() if any(sign in text for sign in signs))


def read_ages_to(*words: str | None) -> int | None:
    """The highest age, from "up to 26"."""
    found = re.search(r"up to (\d+)", " ".join(word or "" for word in words))
    return int(found[1]) if found else None


def read_hotline_kind(operator: str | None) -> str:
    """Association or police where the operator's own name says it; "" otherwise."""
    text = (operator or "").lower()
    if any(sign in text for sign in _ASSOCIATIONS):
        return "association"
    return "police" if any(sign in text for sign in _POLICE) else ""


def read_centre_phone(text: str | None) -> tuple[str, str]:
    """A number and the hours that stand in brackets behind it, as a rule."""
    number, _, behind = (text or "").partition(" (")
    return number, read_week_words(behind)


def read_week_words(text: str | None) -> str:
    """ "Mon-Fri 08:00-16:30" anywhere in a text, as a rule; "" when there is none."""
    found = re.search(
        r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)-(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d\d:\d\d)-(\d\d:\d\d)", text or ""
    )
    return f"{_DAYS[found[1].lower()]}-{_DAYS[found[2].lower()]} {found[3]}-{found[4]}" if found else ""
