"""The rows of a backup: every table of our models as lines of JSON, the same from SQLite and PostgreSQL.

Read in one snapshot, so that it is consistent while talks run; neither database makes writers wait for a reader.
"""

import base64
import datetime as dt
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

CHUNK = 500
# Tables that are not in a backup, and why.
LEFT_OUT: dict[str, str] = {
    "accounts_staffsession": "A session must not come back to life: people sign in again.",
    "accounts_signinthrottle": "Counts of a few minutes.",
    "audit_readmark": "Spares a second entry in a duty that is long over.",
    "handover_handoverwaiting": "What waits to be passed on: after a restore it would go a second time.",
    "live_beacon": "Hints about changes.",
    "live_visitorsession": "A browser's session lasts half an hour; the return code is in the backup.",
    "mail_letterout": "Letters that wait to be sent: after a restore they would go out a second time.",
    "mailbox_daykey": "The key of counts of receipts, which lives for a day.",
    "mailbox_mailout": "Which e-mails are on their way: they are in no backup either.",
    "mailbox_receipt": "Counts of a day.",
    "mailbox_seenmail": "Marks of e-mails that were taken: of the days before a restore nothing may come in twice.",
    "phone_call": "What rang in the last hours: marks of callers must be gone a day later, here too.",
    "phone_daykey": "The key of those marks, which lives for a day.",
    "phone_seenmessage": "Counts of a few minutes.",
    "quality_answer": "What somebody answered and may have deleted since must not come back.",
    "quality_debrief": "Questions of the moment.",
    "quality_dutyload": "What somebody had and may have deleted since must not come back.",
    "quality_talkwish": "Forgotten when they have talked: it must not come back either.",
    "tasks_queuedtask": "Work of the moment; what returns is enqueued again.",
    "tasks_scheduledtask": "Made anew when a worker starts.",
    "tasks_worker": "Who is alive now.",
    "wagtailsearch_indexentry": "The search index: made anew from the pages by a restore.",
}


class NotReadable(ValueError):
    """A line that is not what it should be."""


def models_kept() -> list[type[models.Model]]:
    """The models whose rows a backup holds, tables in the order of their names."""
    every = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    kept = [model for model in every if not model._meta.proxy and not is_left_out(model._meta.db_table)]
    return sorted(kept, key=lambda model: model._meta.db_table)


def is_left_out(table: str) -> bool:
    """Whether a table is not in a backup. SQLite keeps the words of the search index in tables beside it."""
    return table in LEFT_OUT or table.startswith("wagtailsearch_indexentry_fts")


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging view of the database for all that is read inside. Writers go on."""
    if connection.in_atomic_block:
        raise RuntimeError("A snapshot needs a connection outside any transaction.")
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        # Not atomic(): on SQLite that would take the write lock.
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN")
        try:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchall()
            yield
        finally:
            cursor.execute("ROLLBACK")


def read_table(model: type[models.Model]) -> Iterator[list[Any]]:
    """Each row as a list that JSON can hold, in the order of `columns_of`."""
    names = columns_of(model)
    rows = model._base_manager.values_list(*names).order_by()
    for row in rows.iterator(chunk_size=CHUNK):
        yield [_plain(value) for value in row]


def columns_of(model: type[models.Model]) -> list[str]:
    """The names of a model's own columns."""
    return [field.attname for field in model._meta.local_concrete_fields]


def write_table(model: type[models.Model], columns: list[str], rows: Iterable[list[Any]]) -> int:
    """Insert rows as they are (no defaults, no `auto_now`); columns that came later get their default."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    unknown = set(columns) - set(fields)
    if unknown:
        raise NotReadable(f"{model._meta.db_table} has no column {min(unknown)}.")
    chosen = [fields[name] for name in columns]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in chosen)
    marks = ", ".join(["%s"] * len(chosen))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({quoted}) VALUES ({marks})"
    written, chunk = 0, []
    with connection.cursor() as cursor:
        for row in rows:
            if len(row) != len(chosen):
                raise NotReadable(f"A row of {model._meta.db_table} has {len(row)} values.")
            pairs = zip(chosen, row, strict=True)
            chunk.append([field.get_db_prep_save(_value(field, one), connection) for field, one in pairs])
            if len(chunk) >= CHUNK:
                cursor.executemany(statement, chunk)
                written, chunk = written + len(chunk), []
        if chunk:
            cursor.executemany(statement, chunk)
            written += len(chunk)
    return written


def as_line(value: Any) -> bytes:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def lines_of(pieces: Iterable[bytes]) -> Iterator[Any]:
    """The values of all lines. Raises NotReadable for what is no JSON."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield _loaded(line)
    if rest:
        raise NotReadable("The last line is not whole.")


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise NotReadable("A line is no JSON.") from error


def _plain(value: Any) -> Any:
    match value:
        case bytes() | memoryview() | bytearray():
            return base64.b64encode(bytes(value)).decode()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case decimal.Decimal() | uuid.UUID():
            return str(value)
        case _:
            return value


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.ForeignKey):
        return _value(field.target_field, value)
    return field.to_python(value)
