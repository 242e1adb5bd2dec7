"""The mark that a backup was brought back and retention has not run yet. Known without Django, for the supervisor."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from havn.common.errors import Refused


def mark_path(data: Path) -> Path:
    """Where the mark lies."""
    return data / "restore-pending"


def set_mark(data: Path, *, made_at: str = "") -> None:
    """Lay the mark down, durable before the database is touched. `made_at`: the backup's moment, in ISO form."""
    with os.fdopen(os.open(mark_path(data), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"Retention runs before the port opens.\n{made_at}\n")
        file.flush()
        os.fsync(file.fileno())


def made_at(data: Path) -> dt.datetime | None:
    """When the backup that is being brought back was made; None when the mark does not say."""
    lines = mark_path(data).read_text().splitlines()
    try:
        return dt.datetime.fromisoformat(lines[1])
    except (IndexError, ValueError):
        return None


def finish_before_serving(data: Path) -> None:
    """Run what a restore left to do, in a process of its own, before any port is opened.

    Does nothing without a mark. Raises Refused when it failed: then nothing may be served.
    """
    if not mark_path(data).exists():
        return
    print("A backup was brought back: destroying what is over before anybody can connect.", flush=True)
    done = subprocess.run([sys.executable, "-m", "havn", "restore", "--finish"], check=False)
    if done.returncode != 0 or mark_path(data).exists():
        raise Refused("After the restore, retention could not run. Run `havn restore --finish` and see what it says.")
