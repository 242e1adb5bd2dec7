"""`havn check`: whether this installation is sound, one line for each thing looked at."""

import argparse
import importlib
import resource
import sqlite3
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.template.loader import get_template

from havn.common.errors import Refused
from havn.config.command import TABLE
from havn.config.database import is_behind
from havn.config.keeping.health import Level, findings
from havn.config.serve.command import data_folder
from havn.config.serve.limits import only_one

# 500 waiting visitors and their pages; below it a busy evening ends in refused connections.
_ENOUGH_FILES = 4_096


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Print a line for each check. Returns 1 when one failed."""
    sound = True
    for name, found in _all():
        sound = sound and found is None
        print(f"{'ok  ' if found is None else 'NO  '} {name}" + (f": {found}" if found else ""))
    if sound:
        sound = _promises_are_kept()
    return 0 if sound else 1


def _promises_are_kept() -> bool:
    """Say of each thing that must happen by itself whether it did; what only wants attention fails nothing."""
    marks = {Level.GOOD: "ok  ", Level.SOON: "soon", Level.BAD: "NO  "}
    found = list(findings(running=_is_running()))
    for finding in found:
        print(f"{marks[finding.level]} {finding.name}: {finding.words}")
    return all(finding.level is not Level.BAD for finding in found)


def _is_running() -> bool:
    try:
        only_one(data_folder() / "run" / "lock").close()
    except Refused:
        return True
    return False


def _all() -> Iterator[tuple[str, str | None]]:
    checks: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("settings", _settings),
        ("data folder", _data),
        ("database engine", _engine),
        ("database of this release", _database),
        ("files of the package", _files),
        ("commands", _commands),
        ("open files", _open_files),
    )
    for name, look in checks:
        try:
            yield name, look()
        except Refused as refusal:
            yield name, refusal.sentence


def _settings() -> str | None:
    wrong = [str(message.msg) for message in run_checks() if message.level >= ERROR]
    return " ".join(wrong) or None


def _data() -> str | None:
    mode = data_folder().stat().st_mode & 0o077
    return "others may read it; make it 0700." if mode else None


def _engine() -> str | None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            (synchronous,) = cursor.fetchone()
        if synchronous != 2:
            return "SQLite must run with synchronous=FULL."
        return None if sqlite3.sqlite_version_info >= (3, 37) else "SQLite 3.37 or newer is needed."
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        (version,) = cursor.fetchone()
    return None if int(version) >= 150000 else "PostgreSQL 15 or newer is needed."


def _database() -> str | None:
    return "run `havn migrate`." if is_behind() else None


def _files() -> str | None:
    get_template("common/base_public.html")
    from django.contrib.staticfiles import finders

    return None if finders.find("common/havn.css") else "static files are missing."


def _commands() -> str | None:
    for row in TABLE.values():
        importlib.import_module(row.module)
    return None


def _open_files() -> str | None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard >= _ENOUGH_FILES or settings.DEMO:
        return None
    return f"only {hard} may be open; raise the limit (LimitNOFILE) to {_ENOUGH_FILES} or more."
