"""Runs of text, as a file has them, as one line of Markdown."""

from collections.abc import Sequence

from havn.recommendations.rules.factsheet.inline import PLAIN, STRESS, Piece, tidy, written
from havn.recommendations.rules.factsheet.writing import guarded


def line_of(runs: Sequence[Piece], prefix: str, *, quoted: bool) -> str:
    """A line with its prefix, "> " before it inside a box; "" when there are no words."""
    text = tidy(written(_joined(runs)))
    if not text:
        return ""
    line = f"{prefix}{text}" if prefix else guarded(text)
    return f"> {line}" if quoted else line


def _joined(runs: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one run; spaces at the edge of stressed words stand outside them."""
    found: list[Piece] = []
    for run in (one for whole in runs for one in _trimmed(whole)):
        last = found[-1] if found else None
        if last is not None and last.kind == run.kind == PLAIN:
            found[-1] = Piece(PLAIN, last.text + run.text)
        elif last is not None and last.kind == run.kind and run.inner and last.to == run.to:
            found[-1] = Piece(run.kind, to=run.to, inner=(*last.inner, *run.inner))
        else:
            found.append(run)
    return found


def _trimmed(run: Piece) -> list[Piece]:
    if run.kind != STRESS or not all(one.kind == PLAIN for one in run.inner):
        return [run]
    words = "".join(one.text for one in run.inner)
    if not words.strip():
        return [Piece(PLAIN, words)]
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    whole = [Piece(PLAIN, before), Piece(STRESS, inner=(Piece(PLAIN, words.strip()),)), Piece(PLAIN, after)]
    return [one for one in whole if one.text or one.inner]
