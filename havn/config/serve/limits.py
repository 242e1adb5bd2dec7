"""What Havn asks of the system for itself: many open files, no core dumps, memory others cannot read, one of it."""

import ctypes
import fcntl
import resource
import sys
from pathlib import Path
from typing import IO

from havn.common.errors import Refused

# Above this no small server gains anything, and some systems report "unlimited".
_MOST_FILES = 262_144
_PR_SET_DUMPABLE = 4


def raise_file_limit() -> int:
    """Let this process and its children open as many files as the system allows. Returns the limit reached."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):
        return soft
    return wanted


def no_core_dumps() -> None:
    """A crash must not write what passes through memory to a disk. Inherited by children."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def only_one(path: Path) -> IO[str]:
    """Hold this file for as long as it stays open: one Havn for one data folder. Raises Refused."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise Refused(f"Havn already runs with the data folder {path.parent.parent}.") from error
    return file


def hide_memory() -> None:
    """Keep other processes of the same user from attaching to this one. Linux only; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
