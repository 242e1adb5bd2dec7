"""Plain SQL on Django's own connection, without the wrapper's cost per statement; the same text for both databases."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from django.db import connection


class Cursor(Protocol):
    """What SQLite's and PostgreSQL's cursors have in common."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, query: Any, params: Sequence[Any] = ..., /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def close(self) -> None: ...


@lru_cache(512)
def _in_question_marks(text: str) -> str:
    return text.replace("%s", "?")


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def cursor() -> Cursor:
    """A cursor of the driver itself, in whatever transaction Django's connection is in."""
    connection.ensure_connection()
    raw: Cursor = connection.connection.cursor()
    return raw


def execute(at: Cursor, text: str, params: Sequence[Any] = ()) -> Cursor:
    """Run `text`, written with `%s`, on either database."""
    at.execute(_in_question_marks(text) if connection.vendor == "sqlite" else text, params)
    return at


def rows(text: str, params: Sequence[Any] = ()) -> list[Any]:
    """All rows of a query, the cursor closed again so that no read transaction lingers."""
    at = cursor()
    try:
        return execute(at, text, params).fetchall()
    finally:
        at.close()


def run(text: str, params: Sequence[Any] = ()) -> int:
    """Run a statement; returns how many rows it touched."""
    at = cursor()
    try:
        return execute(at, text, params).rowcount
    finally:
        at.close()


@lru_cache(64)
def marks(count: int) -> str:
    """`%s,%s,…`"""
    return ",".join(["%s"] * count)


def padded(ids: Sequence[int]) -> list[int]:
    """The ids filled up with 0 (no row has it) to a power of two, so that few statement texts serve all lengths."""
    size = 1
    while size < len(ids):
        size *= 2
    return [*ids, *([0] * (size - len(ids)))]


def in_sizes(items: Sequence[Any], largest: int = 64) -> Iterable[Sequence[Any]]:
    """Cut into pieces of 64, 32, 16 … 1, so that few statement texts serve all lengths."""
    start, size = 0, largest
    while start < len(items):
        while size > len(items) - start:
            size //= 2
        yield items[start : start + size]
        start += size
