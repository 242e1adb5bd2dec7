"""Bringing a backup back. The whole file is read and checked before the database is touched; what is there stays until
all is in; retention runs before anybody can connect."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from havn.accounts.models import Invitation
from havn.audit import api as audit
from havn.audit.heads import heads_folder
from havn.audit.models import Entry
from havn.audit.restored import ACTION as RESTORED
from havn.common import clock
from havn.common.errors import Refused
from havn.config.keeping import backup, pending, rows, tables
from havn.config.keeping.archive import Openers, read
from havn.config.serve import limits
from havn.connections import revoked
from havn.events.api import forget_people
from havn.handover.actions.passing import fail_sending
from havn.helpline.beside import purge_beside
from havn.helpline.imports.actions import forget_staged
from havn.helpline.retention import departed, journal, traces
from havn.helpline.retention.destroy import destroy_at_once, purge_centre
from havn.letterbox.withdrawn import take_off_again
from havn.limits.deleted import delete_again
from havn.limits.replaced import end_again
from havn.live.models import Conversation, ReturnCode
from havn.tenancy.models import Centre


def restore(path: Path, openers: Openers, *, force: bool = False) -> int:
    """Replace everything by what the backup holds. Returns the number of rows.

    Raises Refused: Havn runs, the database holds a centre already (without `force`), a wrong key, a damaged file, a
    backup of a newer release. Afterwards `finish_pending` has run, or the mark makes `havn serve` run it.
    """
    with alone():
        return _restore(path, openers, force=force)


def _restore(path: Path, openers: Openers, *, force: bool) -> int:
    if not force and _holds_something():
        raise Refused("The database is in use already. To replace all of it by the backup, add --force.")
    _found, count = backup.check(read(path, openers))
    first = next(rows.lines_of(read(path, openers)))
    _refuse_unknown_migrations(first["migrations"])
    pending.set_mark(Path(settings.DATA), made_at=first["made_at"])
    if connection.vendor == "sqlite":
        _into_new_file(path, openers, first["migrations"])
    else:
        _into_one_transaction(path, openers, first["migrations"])
    finish_pending()
    return count


def finish_pending() -> bool:
    """After a restore: tell of it, take again what was taken or destroyed since. True when there was a mark.

    Roles that were taken since go, with links that would give one, and keys and endpoints of other systems that were
    ended; so do talks and care plans that their child deleted, codes of plans that were replaced,
    codes that their child did not want, published answers that a child took back, and what is over, also in the
    helpline's parts and among files that waited to be applied. What was on its way to somebody is marked as failed. At
    last the end of each chain is signed. Safe to call at any time, again after an interruption; removes the mark last.
    Refused when the signed heads can't be written.
    """
    mark = pending.mark_path(Path(settings.DATA))
    if not mark.exists():
        return False
    made_at = pending.made_at(Path(settings.DATA))
    if made_at is not None:
        _tell(made_at)
    departed.take_again(made_at)
    # One that was used or withdrawn since the backup would work again.
    Invitation.objects.filter(used_at__isnull=True).delete()
    # It was to go with the browser's session, and no session comes back.
    ReturnCode.objects.filter(unwanted=True).delete()
    gone = list(Conversation.objects.filter(pk__in=journal.destroyed()).values_list("pk", flat=True))
    for conversation_id in gone:
        with transaction.atomic():
            destroy_at_once([conversation_id])
    take_off_again()
    revoked.end_again()
    delete_again()
    end_again()
    fail_sending()
    for centre in Centre.objects.hosted().order_by("pk"):
        purge_centre(centre, now=clock.now())
        purge_beside(centre)
    forget_staged(at=clock.now())
    forget_people(moment=clock.now())
    traces.forget_traces()
    _sign(audit.write_heads)
    mark.unlink()
    return True


def _tell(made_at: dt.datetime) -> None:
    """On the trail of every centre, once, and beside the signed heads: from here on the chains go on anew."""
    moment = made_at.isoformat()[:19]
    with transaction.atomic():
        for centre_id in Centre.objects.hosted().order_by("pk").values_list("pk", flat=True):
            # No backup tells of its own restore, so an entry that names it was made by this one.
            if not Entry.objects.filter(centre_id=centre_id, action=RESTORED, codes__contains=moment).exists():
                audit.record(centre_id=centre_id, action=RESTORED, made_at=moment)
    _sign(lambda: audit.write_restored(made_at=made_at))


def _sign(write: Callable[[], Path | None]) -> None:
    try:
        write()
    except OSError as error:
        raise Refused(
            f"The signed heads of the audit trail could not be written to {heads_folder()}: {error.strerror}. Mend "
            "that, then run `havn restore --finish`."
        ) from error


def alone() -> IO[str]:
    """Keep `havn serve` from starting while this is open. Raises Refused while it runs."""
    folder = Path(settings.DATA) / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return limits.only_one(folder / "lock")
    except Refused:
        raise Refused("Havn is running. Stop it before you bring a backup back.") from None


def _holds_something() -> bool:
    try:
        return Centre.objects.exists()
    except DatabaseError:
        return False


def _refuse_unknown_migrations(recorded: dict[str, list[str]]) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for app, names in recorded.items():
        if any((app, name) not in known for name in names):
            raise Refused("This backup was made by a newer release of Havn. Install that release first.")


def _into_new_file(path: Path, openers: Openers, recorded: dict[str, list[str]]) -> None:
    """SQLite: fill a new database beside the old one, check it, and put it in its place in one step."""
    old = Path(connection.settings_dict["NAME"])
    new = old.with_name(f".{old.name}.restoring")
    _remove_database(new)
    fit = tables.tables_fit(recorded)
    connection.close()
    usual = connections["default"]
    connections["default"] = type(usual)({**usual.settings_dict, "NAME": str(new)}, alias="default")
    try:
        if not (fit and tables.make_as_in(old, recorded)):
            tables.make_anew(recorded)
        _fill(path, openers)
        with connection.cursor() as cursor:
            for pragma in ("foreign_key_check", "integrity_check"):
                cursor.execute(f"PRAGMA {pragma}")
                if cursor.fetchall() not in ([], [("ok",)]):
                    raise Refused("The rows of this backup do not fit together. Nothing was changed.")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        _empty_log(old)
        new.replace(old)
        backup.sync_folder(old.parent)
    finally:
        connection.close()
        connections["default"] = usual
        _remove_database(new)


def _into_one_transaction(path: Path, openers: Openers, recorded: dict[str, list[str]]) -> None:
    """PostgreSQL: empty (or make) and fill all tables in one transaction. If anything fails, nothing has happened."""
    with transaction.atomic():
        if tables.tables_fit(recorded):
            tables.empty_all()
        else:
            tables.drop_all()
            tables.make_anew(recorded)
        _fill(path, openers)


def _fill(path: Path, openers: Openers) -> None:
    """Put the rows in, then bring the tables up to this release."""
    tables.check_rows("DEFERRED")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Rows come in the order of the tables' names; all of them are checked at the end.
            cursor.execute("PRAGMA foreign_keys=OFF")
    with transaction.atomic():
        _write_rows(rows.lines_of(read(path, openers)))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), rows.models_kept()):
                cursor.execute(statement)
    tables.check_rows("IMMEDIATE")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("update_index", verbosity=0)


def _write_rows(lines: Iterator[Any]) -> None:
    known = {model._meta.db_table: model for model in rows.models_kept()}
    next(lines)
    for line in lines:
        if "table" not in line:
            continue
        model = known.get(line["table"])
        of_table = _rows_of_table(lines)
        if model is None:
            # A table that this release no longer has, or no longer keeps.
            for _row in of_table:
                pass
        else:
            rows.write_table(model, line["columns"], of_table)


def _rows_of_table(lines: Iterator[Any]) -> Iterator[list[Any]]:
    for line in lines:
        if not isinstance(line, list):
            return
        yield line


def _empty_log(database: Path) -> None:
    """Leave the old database without a log that the new one would take for its own."""
    if database.exists():
        old = sqlite3.connect(database)
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        old.close()
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _remove_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
