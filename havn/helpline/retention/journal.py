"""Which talks were destroyed at a child's wish, outside the database: a restored backup must not bring them back.

One line a talk in HAVN_DATA/destroyed: the day and the random number that names nothing any more. Lines live as long as
backups do, then go.
"""

import datetime as dt
import os
from pathlib import Path

from django.conf import settings

from havn.common.clock import now

# Backups are kept 7 days; a line is kept a day longer.
KEPT = dt.timedelta(days=8)


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "destroyed"


def remember(conversation_id: int) -> None:
    """Add a line and wait until it is on the disk. Raises OSError when it can't be."""
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{now().date()} {conversation_id}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def destroyed() -> list[int]:
    """The talks that were destroyed in the last days."""
    return [conversation for _, conversation in _lines()]


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    lines = _lines()
    kept = [line for line in lines if line[0] >= limit]
    if len(kept) == len(lines):
        return
    fresh = path().with_name(".destroyed.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{day} {conversation}\n" for day, conversation in kept)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path())


def _lines() -> list[tuple[dt.date, int]]:
    try:
        text = path().read_text()
    except FileNotFoundError:
        return []
    # A line cut short by a power failure is not one: its transaction did not commit.
    whole = [line.split() for line in text.splitlines() if len(line.split()) == 2]
    return [(dt.date.fromisoformat(day), int(conversation)) for day, conversation in whole]
