"""Two people at one draft: nothing is lost. Answers are merged question by question against what each had opened."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """The draft as it is to be kept, which questions this person changed in it, and those that both changed.

    A question that both changed keeps what is stored; what this person wrote stands in `mine`, to be shown to them.
    """

    answers: dict[str, Any]
    changed: tuple[str, ...]
    mine: dict[str, Any]


def merge(base: Answers, stored: Answers, sent: Answers) -> Merged:
    """Three-way: `base` is what this person had opened, `stored` what is kept now, `sent` what they send.

    Empty answers and missing ones are the same.
    """
    kept = dict(stored)
    changed: list[str] = []
    mine: dict[str, Any] = {}
    for key in _keys(base, stored, sent):
        was, now, wanted = _value(base, key), _value(stored, key), _value(sent, key)
        if wanted in (was, now):
            continue
        if now != was:
            mine[key] = wanted
            continue
        changed.append(key)
        if wanted is None:
            kept.pop(key, None)
        else:
            kept[key] = wanted
    return Merged(kept, tuple(changed), mine)


def base_of(stored: Answers, befores: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The answers as they were, out of those of now and what was before each later change, the earliest change first.

    Leave out the changes that a page made itself: of those it knows.
    """
    base = dict(stored)
    seen: set[str] = set()
    for key, before in befores:
        if key in seen:
            continue
        seen.add(key)
        if before is None:
            base.pop(key, None)
        else:
            base[key] = before
    return base


def merge_unknown(stored: Answers, sent: Answers) -> Merged:
    """Where nobody knows any more what this person had opened: nothing is kept, every difference is shown to them."""
    mine = {key: _value(sent, key) for key in _keys(stored, sent) if _value(stored, key) != _value(sent, key)}
    return Merged(dict(stored), (), mine)


def changes(old: Answers, new: Answers) -> tuple[str, ...]:
    """The questions whose answers differ, in order."""
    return tuple(key for key in _keys(old, new) if _value(old, key) != _value(new, key))


def rows_with_documents(given: Any, stored: Any, files: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of a repeated section without documents, with those that the stored rows have under the keys `files`.

    A row is known again by all else that it says, then by its place. Where its row is gone a document stays in one of
    its own: somebody takes it out on purpose, or nobody does.
    """
    rows = [_bare(row, files) for row in given] if isinstance(given, list) else []
    before = [row for row in stored if isinstance(row, dict)] if isinstance(stored, list) else []
    place_of = _places([_bare(row, files) for row in before], rows)
    free = set(range(len(rows))) - set(place_of.values())
    found = [dict(row) for row in rows]
    for at, row in enumerate(before):
        documents = {key: row[key] for key in files if row.get(key)}
        if documents and at not in place_of and at in free:
            place_of[at] = at
            free.discard(at)
        if documents and at in place_of:
            found[place_of[at]] |= documents
        elif documents:
            found.append(documents)
    return found


def _places(before: Sequence[Answers], rows: Sequence[Answers]) -> dict[int, int]:
    """Where each row stands now, of the same ones the nearest. In as many steps as there are rows: they may be many."""
    above: dict[Any, deque[int]] = {}
    for place, row in enumerate(rows):
        above.setdefault(_frozen(row), deque()).append(place)
    below: dict[Any, list[int]] = {same: [] for same in above}
    found: dict[int, int] = {}
    for at, row in enumerate(before):
        same = _frozen(row)
        if same not in above:
            continue
        after, until = above[same], below[same]
        while after and after[0] <= at:
            until.append(after.popleft())
        if until and (not after or at - until[-1] <= after[0] - at):
            found[at] = until.pop()
        elif after:
            found[at] = after.popleft()
    return found


def _frozen(value: Any) -> Any:
    """Something to find an answer by: equal where the answers are."""
    if isinstance(value, dict):
        return frozenset((key, _frozen(one)) for key, one in value.items())
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _bare(row: Any, files: Sequence[str]) -> dict[str, Any]:
    return {key: one for key, one in row.items() if key not in files} if isinstance(row, dict) else {}


def _keys(*many: Answers) -> list[str]:
    return list(dict.fromkeys(key for one in many for key in one))


def _value(answers: Answers, key: str) -> Any:
    """An answer; None for what is empty, also a table without any number."""
    found = answers.get(key)
    return None if found in (None, "", [], {}) else found
