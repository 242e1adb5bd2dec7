"""Cells as answers: typed as the question asks, whatever the program that saved the file made of them.

Spreadsheet programs keep numbers as texts and texts as numbers, write decimals with a point or a comma, and escape
what XML cannot hold (ECMA-376, ST_Xstring). What a cell means is decided here, or it is refused with a sentence.
"""

import datetime as dt
import math
import re

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from havn.forms.sheets.slots import Kind, Slot

MARK = "x"
"""Written beside a choice of several that is chosen."""
_MARKED = {"x", "✓", "✔", "1", "true", "yes", "ja"}
_NOT_MARKED = {"0", "false", "no", "nei", "nej", "-", "–"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[\s\u00a0\u202f'’]+")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")


class Unreadable(ValueError):
    """The cell holds something else than it should. `sentence` says what it must hold."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def written_text(text: str) -> str:
    """A text as it may stand in a cell: nothing that XML cannot hold, nothing that a program would unescape."""
    return _TO_ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def text_of(value: object) -> str:
    """The text that a cell shows, without spaces around it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if math.isfinite(value) and value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case dt.datetime():
            whole = value.time() == dt.time()
            return value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case str():
            text = _ESCAPE.sub(lambda found: _unescaped(found[1]), value)
            return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        case _:
            return str(value)


def answer_of(value: object, slot: Slot, labels: dict[str, str], language: str) -> object:
    """What the cell answers; None for an empty one. Raises Unreadable.

    `labels`: every way a choice of this slot may be written, lowered, to its code. `language`: of the template, which
    decides between a decimal and a thousand in "1.234".
    """
    text = text_of(value)
    if not text:
        return None
    match slot.kind:
        case Kind.TEXT:
            return text
        case Kind.WHOLE | Kind.NUMBER:
            return _number(value, text, language)
        case Kind.DATE:
            return _date(value, text)
        case Kind.TICK:
            return _tick(text)
        case Kind.YES_NO:
            return _yes_no(value, labels.get(plain(text)))
        case Kind.CHOICE:
            code = labels.get(plain(text))
            if code is None:
                raise Unreadable(_("“%(text)s” is none of the choices.") % {"text": text[:60]})
            return code


def plain(text: str) -> str:
    """A label as it is compared: without regard to capitals and spaces."""
    return " ".join(text.split()).casefold()


def _unescaped(code: str) -> str:
    return chr(int(code, 16))


def _tick(text: str) -> bool | None:
    if plain(text) in _MARKED:
        return True
    if plain(text) in _NOT_MARKED:
        return None
    raise Unreadable(_("Write an x to choose this, or leave it empty."))


def _yes_no(value: object, code: str | None) -> bool:
    if isinstance(value, bool):
        return value
    if code is None:
        raise Unreadable(_("This must be yes or no."))
    return code == "yes"


def _number(value: object, text: str, language: str) -> int | float:
    if isinstance(value, bool):
        raise Unreadable(_("This must be a number."))
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, (dt.date, dt.time)):
        raise Unreadable(_("This must be a number, and the cell holds a date."))
    figure = _with_point(_SPACES.sub("", text).replace("−", "-"), language)
    if not _PLAIN.match(figure) or not figure.isascii() or len(figure) > 40:
        raise Unreadable(_("“%(text)s” is no number.") % {"text": text[:60]})
    return int(figure) if re.fullmatch(r"[+-]?\d+", figure) else _finite(float(figure))


def _finite(value: float) -> int | float:
    if not math.isfinite(value):
        raise Unreadable(_("This must be a number."))
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _with_point(figure: str, language: str) -> str:
    """The figure with a point for its decimals and nothing between its thousands."""
    decimal = str(get_format("DECIMAL_SEPARATOR", lang=language))
    points, commas = figure.count("."), figure.count(",")
    if points and commas:
        decimal = max(".,", key=figure.rindex)
    elif points or commas:
        mark = "." if points else ","
        grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+", figure) is not None
        # In the mark of the other languages, only groups of three are thousands; two marks are never a decimal.
        decimal = "" if grouped and (mark != decimal or points + commas > 1) else mark
    thousands = {",": ".", ".": ",", "": ".,"}[decimal]
    for mark in thousands:
        figure = figure.replace(mark, "")
    return figure.replace(",", ".")


def _date(value: object, text: str) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    iso, day = _ISO.match(text), _DAY.match(text)
    try:
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if day:
            return dt.date(int(day[3]), int(day[2]), int(day[1])).isoformat()
    except ValueError:
        pass
    raise Unreadable(_("“%(text)s” is no date. Write it as 2026-11-29.") % {"text": text[:60]})
