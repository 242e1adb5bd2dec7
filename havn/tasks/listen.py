"""A worker's own connection to PostgreSQL that hears NOTIFY. Lost connections are opened again at the next look."""

from typing import Any

import psycopg
from django.db import connection

from havn.tasks.wake import CHANNEL


class Listener:
    """Hears rings from every machine. Hearing nothing is no loss: the worker looks once a second anyway."""

    def __init__(self) -> None:
        self._line: psycopg.Connection[Any] | None = None

    def ready(self) -> bool:
        """Whether the line is open; opens it when it is not."""
        if self._line is None or self._line.closed:
            try:
                self._line = psycopg.connect(**connection.get_connection_params(), autocommit=True)
                self._line.execute(f"LISTEN {CHANNEL}")
            except psycopg.Error:
                self._line = None
        return self._line is not None

    def fileno(self) -> int:
        """For select()."""
        assert self._line is not None
        return self._line.fileno()

    def drain(self) -> None:
        """Forget every ring so far."""
        if self._line is None:
            return
        try:
            for _ in self._line.notifies(timeout=0):
                pass
        except psycopg.Error:
            self.close()

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None
