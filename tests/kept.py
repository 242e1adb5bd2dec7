"""Data folders that a whole run of tests makes once: whoever needs one first makes it, the others take a copy.

Bringing the tables up to date takes ten seconds and loading the demo ten more; copying either takes none. On PostgreSQL
the folder's database is kept beside it, as a template.
"""

import atexit
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PLACE = "HAVN_TESTS_SHARED"
_NAME = "database"


@dataclass(frozen=True)
class Kept:
    """A data folder nothing runs on, and on PostgreSQL the name of its database ("" on SQLite)."""

    folder: Path
    database: str

    def copy_to(self, data: Path) -> None:
        """Everything in the folder but sockets and what was printed. The database of PostgreSQL is `database`'s job."""
        shutil.copytree(self.folder, data, dirs_exist_ok=True, ignore=_left_behind)


def tables() -> Kept:
    """The tables of this release and no row but what migrations make.

    On SQLite they stay for the next run, under a name made of everything that they were made from.
    """
    return _kept("tables", _make_tables)


def empty() -> Kept:
    """An installation without a centre, as `havn migrate` leaves it."""
    load = "import django; django.setup(); from havn.config.vocabularies import load_vocabularies as load; load()"
    return _kept("empty", lambda data, variables: _run(variables, "-c", load), like=tables())


def kept(name: str, make: Callable[[Path, dict[str, str]], None]) -> Kept:
    """What `make` left of an empty installation, given its folder and the variables to run a Havn on it."""
    return _kept(name, make, like=empty())


def installation(data: Path) -> dict[str, str]:
    """The variables of a Havn with this data folder: nothing of the tests' own settings."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("HAVN_")}
    return variables | {"HAVN_DATA": str(data), "PYTHONUNBUFFERED": "1"}


@contextmanager
def database(like: Kept | None = None) -> Iterator[str]:
    """On PostgreSQL the address of a fresh database beside the tests' own, dropped afterwards; "" on SQLite."""
    if not os.environ.get("DATABASE_URL"):
        yield ""
        return
    name = f"havn_server_{secrets.token_hex(4)}"
    create(name, like)
    try:
        yield _address(name)
    finally:
        drop(name)


def create(name: str, like: Kept | None = None) -> None:
    """A database of this name on the tests' PostgreSQL, a copy of the kept one where one is given."""
    with _held("databases"):
        _say("CREATE DATABASE {}" + (" TEMPLATE {}" if like else ""), name, *([like.database] if like else []))


def drop(name: str) -> None:
    """End who is still connected and drop it. Nothing happens when there is none."""
    _say("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def drop_all() -> None:
    """The databases of everything that this run kept."""
    for file in _place().glob(f"*/{_NAME}"):
        if name := file.read_text():
            drop(name)


def _kept(name: str, make: Callable[[Path, dict[str, str]], Any], like: Kept | None = None) -> Kept:
    folder = _place() / name
    made, data = folder / _NAME, folder / "data"
    with _held(name):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            data.mkdir(mode=0o700, parents=True)
            variables, own = installation(data), ""
            if like:
                like.copy_to(data)
            if os.environ.get("DATABASE_URL"):
                own = f"havn_{name}_{secrets.token_hex(4)}"
                create(own, like)
                variables["DATABASE_URL"] = _address(own)
            make(data, variables)
            made.write_text(own)
    return Kept(data, made.read_text())


def _make_tables(data: Path, variables: dict[str, str]) -> None:
    if os.environ.get("DATABASE_URL"):
        _migrate(data, variables)
        return
    known, now = ROOT / ".pytest_cache" / "tables", _made_of()
    known.mkdir(parents=True, exist_ok=True)
    with (known / "lock").open("w") as file:
        # Another run in this folder may be making them.
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (known / now).exists():
            for older in known.iterdir():
                shutil.rmtree(older, ignore_errors=True)
            fresh = known / "unfinished"
            fresh.mkdir(mode=0o700)
            _migrate(fresh, variables | {"HAVN_DATA": str(fresh)})
            fresh.rename(known / now)
        shutil.copytree(known / now, data, dirs_exist_ok=True)


def _migrate(data: Path, variables: dict[str, str]) -> None:
    _run(variables, "-m", "django", "migrate", "--verbosity", "0")


def _made_of() -> str:
    """Another word as soon as a migration, a file that one reads, the settings or a package is another."""
    files = [path for folder in ("migrations", "data") for path in (ROOT / "havn").glob(f"*/{folder}/**/*.*")]
    files += [ROOT / "havn" / "config" / "settings.py", *(ROOT / "requirements").glob("*.txt")]
    told = hashlib.sha256(sys.version.encode())
    for path in sorted(path for path in files if path.suffix in {".py", ".json", ".txt", ".csv"}):
        told.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def _run(variables: dict[str, str], *words: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "havn.config.settings"}
    # As the command itself does: what it makes is its owner's alone.
    subprocess.run([sys.executable, *words], cwd=ROOT, env=variables | settings, check=True, stdout=-3, umask=0o077)


def _place() -> Path:
    """One folder for all processes of a run: the first sets the variable that the others inherit."""
    if _PLACE not in os.environ:
        os.environ[_PLACE] = tempfile.mkdtemp(prefix="havn-kept-")
        atexit.register(shutil.rmtree, os.environ[_PLACE], ignore_errors=True)
    return Path(os.environ[_PLACE])


@contextmanager
def _held(name: str) -> Iterator[None]:
    with (_place() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _left_behind(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("output-") or Path(folder, name).is_socket()]


def _address(name: str) -> str:
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _say(statement: str, *names: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
