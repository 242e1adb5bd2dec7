"""Tasks that the tests run, also in a real worker process (it imports them by this module's name)."""

import os
import time
from pathlib import Path

from havn.tasks.api import Stopped, should_stop, task


def mark(word: str) -> None:
    """Leave a trace that survives the process."""
    with Path(os.environ["HAVN_DATA"], "marks").open("a") as file:
        file.write(f"{word} {os.getpid()} {time.time()}\n")


def marks(folder: Path) -> list[str]:
    """The traces so far, oldest first."""
    file = folder / "marks"
    return [line.split()[0] for line in file.read_text().splitlines()] if file.exists() else []


def last_mark_at(folder: Path) -> float:
    """When the last trace was left, in seconds since 1970."""
    return float((folder / "marks").read_text().splitlines()[-1].split()[2])


@task
def note(number: int) -> int:
    """Leave a trace and give the number back."""
    mark(f"note-{number}")
    return number


@task(lease_s=1.5)
def slow(number: int) -> None:
    """Longer than its lease, which the heartbeat must keep alive."""
    mark(f"begun-{number}")
    time.sleep(4)
    mark(f"ended-{number}")


@task
def stubborn() -> None:
    """Never looks whether it should stop."""
    mark("stubborn")
    time.sleep(60)


@task
def gentle() -> None:
    """Looks between its steps."""
    mark("gentle")
    for _ in range(600):
        if should_stop():
            mark("let-go")
            raise Stopped
        time.sleep(0.05)


@task(attempts=3)
def quoting(number: int) -> None:
    """Fails with a text that must never be kept."""
    secret = "blue-heron-said-a-child"
    raise ValueError(f"{secret} {number}")


@task
def chatty() -> str:
    """Returns what a task must not."""
    return "My name is Kari and I live at"


@task(attempts=2, lease_s=0.3)
def deadly() -> None:
    """Takes its worker with it."""
    mark("deadly")
    os._exit(9)


indexed: list[str] = []


def index(name: str) -> None:
    """As a library's own task: it says what it was given."""
    indexed.append(name)
