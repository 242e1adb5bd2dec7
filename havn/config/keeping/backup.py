"""Making a backup: one snapshot of all rows, packed, encrypted, read back, named for its moment; kept seven days."""

import datetime as dt
import logging
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from havn import __version__
from havn.audit import api as audit
from havn.common import clock
from havn.common.errors import Refused
from havn.config.keeping import rows
from havn.config.keeping.archive import Damaged, Openers, Writer, read, shred
from havn.tenancy.models import Centre

log = logging.getLogger("havn.keeping")

FORMAT = 1
KEPT = dt.timedelta(days=7)
# The moment, and a few random letters: two made in the same second are two files.
_NAME = re.compile(r"havn-(\d{4}-\d\d-\d\dT\d{6})Z(?:-[0-9a-f]{6})?\.backup")


@dataclass(frozen=True)
class Made:
    """A backup that was made and read back."""

    path: Path
    tables: int
    rows: int


class NoKey(Refused):
    """Nobody could open what would be written."""

    def __init__(self) -> None:
        super().__init__(
            "There is no backup key yet. Run `havn backup new-key` and keep the key on paper away from this server, "
            "or name a file with a passphrase in HAVN_BACKUP_PASSPHRASE_FILE."
        )


def folder() -> Path:
    """Where backups go: HAVN_BACKUPS, best on another disk, else `backups` in HAVN_DATA (mode 0700)."""
    path = Path(os.environ.get("HAVN_BACKUPS") or Path(settings.DATA) / "backups")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def public_key_path() -> Path:
    """The public half of the backup key: it seals and cannot open."""
    return Path(settings.DATA) / "backup.public"


def openers() -> Openers:
    """What backups are made for on this server. Raises NoKey when nothing is set up."""
    path = public_key_path()
    public = bytes.fromhex(path.read_text().strip()) if path.exists() else None
    named = os.environ.get("HAVN_BACKUP_PASSPHRASE_FILE", "")
    passphrase = passphrase_in(Path(named)) if named else ""
    if public is None and not passphrase:
        raise NoKey
    return Openers(public=public, passphrase=passphrase)


def passphrase_in(path: Path) -> str:
    """The passphrase in a file: its first line. Raises Refused when it can't be read or is too short to be one."""
    try:
        text = path.read_text().splitlines()[0].strip()
    except (OSError, IndexError):
        raise Refused(f"Havn cannot read a passphrase from {path}.") from None
    if len(text) < 16:
        raise Refused(f"The passphrase in {path} is too short: use at least 16 characters.")
    return text


def is_set_up() -> bool:
    """Whether somebody holds a key for backups."""
    return public_key_path().exists() or bool(os.environ.get("HAVN_BACKUP_PASSPHRASE_FILE"))


def make(made_for: Openers | None = None) -> Made:
    """Make one now, while talks run, and read it back whole. Raises NoKey, Refused when it can't be written.

    An unfinished file is removed; a finished one is durable before it has its name.
    """
    made_for = made_for or openers()
    at = clock.now()
    path = folder() / f"havn-{at:%Y-%m-%dT%H%M%S}Z-{secrets.token_hex(3)}.backup"
    partial = path.with_suffix(".partial")
    try:
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        # From here on the file is ours to remove; one that was there already is another's.
        try:
            tables, count = _write_and_read_back(descriptor, partial, made_for, at)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as error:
        raise Refused(f"The backup could not be written to {path.parent}: {error.strerror}.") from error
    _record("backup.made", {"tables": tables, "rows": count})
    return Made(path, tables, count)


def check(pieces: Iterator[bytes]) -> tuple[int, int]:
    """Read a backup to its end: (tables, rows). Raises Damaged when something is missing or more than it says."""
    try:
        lines = rows.lines_of(pieces)
        if next(lines)["format"] != FORMAT:
            raise Refused("This backup was made by another release of Havn than this one can read.")
        tables = count = in_table = 0
        for line in lines:
            if isinstance(line, list):
                in_table += 1
            elif "table" in line:
                tables, in_table = tables + 1, 0
            elif "rows_of_table" in line:
                if line["rows_of_table"] != in_table:
                    raise Damaged
                count += in_table
            elif line == {"end": True, "tables": tables, "rows": count}:
                if next(lines, None) is not None:
                    raise Damaged
                return tables, count
            else:
                raise Damaged
    except (rows.NotReadable, KeyError, TypeError, StopIteration):
        raise Damaged from None
    raise Damaged


def kept() -> list[Path]:
    """The backups that are there, the newest first."""
    found = [path for path in folder().iterdir() if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: (made_at(path), path.stat().st_mtime_ns), reverse=True)


def made_at(path: Path) -> dt.datetime:
    """When a backup was made, from its name."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ValueError(f"{path.name} is not the name of a backup.")
    return dt.datetime.strptime(match[1], "%Y-%m-%dT%H%M%S").replace(tzinfo=dt.UTC)


def too_old() -> list[Path]:
    """The backups that are older than seven days."""
    limit = clock.now() - KEPT
    return [path for path in kept() if made_at(path) < limit]


def destroy_old() -> int:
    """Destroy backups older than seven days, and what an interrupted one left behind. Returns how many.

    Call it before a new one is made: the promise of seven days must not wait for that to succeed. One that cannot be
    removed keeps none of the others; health says that it is still there.
    """
    gone = 0
    for path in too_old():
        try:
            shred(path)
            gone += 1
        except OSError as error:
            log.error("A backup older than seven days could not be removed: %s", error.strerror)
    for path in folder().glob("havn-*.partial"):
        if dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) < clock.now() - dt.timedelta(days=1):
            path.unlink(missing_ok=True)
    if gone:
        _record("backup.destroyed", {"backups": gone})
    return gone


def _record(action: str, counts: dict[str, int]) -> None:
    """On the trail of every centre, since a backup holds all of them. Counts only."""
    with transaction.atomic():
        for centre_id in Centre.objects.hosted().order_by("pk").values_list("pk", flat=True):
            audit.record(centre_id=centre_id, action=action, actor_id=None, service_id=None, subject="", **counts)


def _write_and_read_back(descriptor: int, partial: Path, made_for: Openers, at: dt.datetime) -> tuple[int, int]:
    with os.fdopen(descriptor, "wb") as file:
        writer = Writer(file, made_for)
        written = _write_all(writer, at)
        writer.close()
    if check(read(partial, made_for, file_key=writer.key)) != written:
        raise Damaged
    return written


def _write_all(writer: Writer, at: dt.datetime) -> tuple[int, int]:
    kept_models = rows.models_kept()
    count = 0
    with rows.snapshot():
        writer.write(rows.as_line(_first_line(at)))
        for model in kept_models:
            writer.write(rows.as_line({"table": model._meta.db_table, "columns": rows.columns_of(model)}))
            in_table = 0
            for row in rows.read_table(model):
                writer.write(rows.as_line(row))
                in_table += 1
            writer.write(rows.as_line({"rows_of_table": in_table}))
            count += in_table
        writer.write(rows.as_line({"end": True, "tables": len(kept_models), "rows": count}))
    return len(kept_models), count


def _first_line(at: dt.datetime) -> dict[str, Any]:
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return {"format": FORMAT, "release": __version__, "made_at": at.isoformat(), "migrations": applied}


def sync_folder(path: Path) -> None:
    """Wait until a new name in the folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
