"""The empty tables that a backup's rows go into: as they are when the backup is of this release, else made anew."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from havn.audit import guards
from havn.config.keeping import rows
from havn.forms import guards as form_guards
from havn.releases import guards as release_guards

Recorded = dict[str, list[str]]
"""The names of the migrations that a backup's database had, by app, in their order."""


def tables_fit(recorded: Recorded) -> bool:
    """Whether this database has the tables that the backup had, and the ones of this release."""
    backed_up = {(app, name) for app, names in recorded.items() for name in names}
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return False
    ours = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return applied == backed_up and ours <= applied


def empty_all() -> None:
    """PostgreSQL: take every row out of every table, but for the list of migrations.

    The guards of the trail, of releases and of forms in use step aside for that, and stand again before a row comes in.
    """
    guards.remove(connection)
    release_guards.remove(connection)
    form_guards.remove(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - {MigrationRecorder.Migration._meta.db_table}
        cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(name) for name in sorted(tables))}")
    guards.install(connection)
    release_guards.install(connection)
    form_guards.install(connection)


def drop_all() -> None:
    """PostgreSQL: take every table away."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def make_as_in(old: Path, recorded: Recorded) -> bool:
    """SQLite: make the tables of the database `old`, empty, in the one that is connected. False: it can't be read."""
    try:
        with closing(sqlite3.connect(f"file:{old}?mode=ro", uri=True)) as source:
            # Tables before what stands upon them. A virtual table makes its own tables, which have no line here.
            made = source.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                "AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') "
                "ORDER BY type = 'trigger', type = 'view', type = 'index'"
            ).fetchall()
    except sqlite3.Error:
        return False
    with connection.cursor() as cursor:
        for (statement,) in made:
            cursor.execute(statement)
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name) for app, names in recorded.items() for name in names
    )
    return True


def make_anew(recorded: Recorded) -> None:
    """Make the tables as they were at those migrations, without any row."""
    executor = MigrationExecutor(connection)
    # A table whose checks wait for the end of the transaction can't be altered; libraries' migrations write rows.
    check_rows("IMMEDIATE")
    executor.migrate([(app, names[-1]) for app, names in recorded.items() if app in executor.loader.migrated_apps])
    check_rows("DEFERRED")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")
        for model in rows.models_kept():
            # What the migrations put in by themselves is in the backup as well.
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def check_rows(when: str) -> None:
    """Check rows against each other at once ("IMMEDIATE") or later ("DEFERRED"). SQLite checks them all at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")
