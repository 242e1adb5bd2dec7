"""Which talks were destroyed at a child's wish, outside the database: a restored backup must not bring them back.

One line a talk in HAVN_DATA/destroyed: the day and the random number that names nothing any more. Lines live as long as
backups do, then go.
"""

import datetime as dt
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    add_line(path(), f"{now().date()} {conversation_id}")


def destroyed() -> list[int]:
    """The talks that were destroyed in the last days."""
    return [int(conversation) for _day, conversation in lines_in(path(), fields=2)]


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    replace_lines(path(), lambda line: dt.date.fromisoformat(line[0]) >= limit, fields=2)


def add_line(file: Path, line: str) -> None:
    """Add a line to such a file and wait until it is on the disk. Raises OSError when it can't be."""
    with _alone(file):
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            # After a line cut short by a power failure this one must not become a part of it.
            begin = "\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else ""
            os.write(descriptor, f"{begin}{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def lines_in(file: Path, *, fields: int) -> list[list[str]]:
    """The lines that have so many fields; none when there is no file.

    A line cut short by a power failure is not one: its transaction did not commit.
    """
    try:
        text = file.read_text()
    except FileNotFoundError:
        return []
    whole = text[: text.rfind("\n") + 1]
    return [line.split() for line in whole.splitlines() if len(line.split()) == fields]


def replace_lines(file: Path, stays: Callable[[list[str]], bool], *, fields: int) -> None:
    """Drop the lines that do not stay, in one step."""
    with _alone(file):
        lines = lines_in(file, fields=fields)
        kept = [line for line in lines if stays(line)]
        if len(kept) == len(lines):
            return
        fresh = file.with_name(f".{file.name}.new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.writelines(" ".join(line) + "\n" for line in kept)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One process at a time: a line added while old ones are dropped must not go with them."""
    with os.fdopen(os.open(file.with_name(f".{file.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
