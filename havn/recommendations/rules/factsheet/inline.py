"""The marks inside a text: stress, links, raised letters and calls of notes, as pieces and back.

`pieces(text)` and `written(pieces)` are each other's inverse for every text that this module wrote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PLAIN, STRESS, LINK, RAISED, CALL = "plain", "stress", "link", "raised", "call"

_MARK = re.compile(
    r"\\(?P<escaped>[\\*\[\]<>_`#|!~>•-])"
    r"|<sup>(?P<call>\d{1,4})</sup>"
    r"|<sup>(?P<raised>[^<>]{1,20})</sup>"
    r"|<(?P<address>https?://[^<>\s]+)>"
    r"|\[(?P<words>(?:[^\[\]\\]|\\.)+)\]\((?P<to>[^()\s]*)\)"
    r"|\*(?P<stress>[^*\s](?:[^*]*[^*\s])?)\*"
)
_SPECIAL = re.compile(r"([\\*\[\]<>])")


@dataclass(frozen=True)
class Piece:
    """A run of text. `to`: where a link leads. `inner`: the words of a link or of stressed text, as pieces."""

    kind: str
    text: str = ""
    to: str = ""
    inner: tuple["Piece", ...] = ()


def pieces(text: str) -> tuple[Piece, ...]:
    """The text as runs, in order."""
    found: list[Piece] = []
    plain = ""
    end = 0
    for mark in _MARK.finditer(text):
        plain += text[end : mark.start()]
        end = mark.end()
        if mark["escaped"]:
            plain += mark["escaped"]
            continue
        if plain:
            found.append(Piece(PLAIN, plain))
            plain = ""
        found.append(_piece(mark))
    plain += text[end:]
    return (*found, Piece(PLAIN, plain)) if plain else tuple(found)


def written(runs: Iterable[Piece]) -> str:
    """The runs as text with marks."""
    return "".join(_written(run) for run in runs)


def tidy(text: str) -> str:
    """The text as every reading writes it: one space between words, each mark in its one form."""
    return written(pieces(" ".join(text.split())))


def escaped(text: str) -> str:
    """Words of a person, so that nothing in them is a mark."""
    return _SPECIAL.sub(r"\\\1", text)


def plain(text: str) -> str:
    """The words alone: no marks, no calls of notes."""
    return written_plain(pieces(text))


def written_plain(runs: Iterable[Piece]) -> str:
    """The words of runs alone."""
    return "".join(_plain(run) for run in runs)


def calls(text: str) -> list[int]:
    """The notes that are called, in order."""
    return [int(run.text) for run in _flat(pieces(text)) if run.kind == CALL]


def _piece(mark: re.Match[str]) -> Piece:
    if mark["call"]:
        return Piece(CALL, mark["call"])
    if mark["raised"]:
        return Piece(RAISED, mark["raised"])
    if mark["address"]:
        return Piece(LINK, to=mark["address"])
    if mark["words"]:
        return Piece(LINK, to=mark["to"], inner=pieces(mark["words"]))
    return Piece(STRESS, inner=pieces(mark["stress"]))


def _written(run: Piece) -> str:
    if run.kind == PLAIN:
        return escaped(run.text)
    if run.kind in {CALL, RAISED}:
        return f"<sup>{run.text}</sup>"
    if run.kind == STRESS:
        return f"*{written(run.inner)}*"
    if not run.inner or written_plain(run.inner) == run.to:
        return f"<{run.to}>"
    return f"[{written(run.inner)}]({run.to})"


def _plain(run: Piece) -> str:
    if run.kind == CALL:
        return ""
    if run.inner:
        return written_plain(run.inner)
    return run.text or run.to


def _flat(runs: Iterable[Piece]) -> list[Piece]:
    return [one for run in runs for one in (run, *_flat(run.inner))]
