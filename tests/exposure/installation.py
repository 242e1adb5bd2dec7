"""A real installation, not the demo: one centre, one helpline with its key, two people. And reading all it keeps.

Run as a program (`python -m tests.exposure.installation`) it sets the people up inside the installation's own data
folder and prints nothing secret: passwords come in by the environment of this test alone.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests import kept
from tests.server import ROOT, Server, free_port


@dataclass
class Installation:
    """A running Havn with the passwords of its two people."""

    server: Server
    temp: Path
    boss_password: str
    anna_password: str

    @property
    def url(self) -> str:
        return self.server.url

    def files(self) -> dict[str, bytes]:
        """Every file that it wrote: data folder, temporary folder, and what it printed."""
        found = {}
        for folder in (self.server.data, self.temp):
            for path in folder.rglob("*"):
                if path.is_file() and not path.is_symlink() and path.name != "reserve":
                    found[str(path)] = path.read_bytes()
        return found

    def processes(self) -> dict[str, bytes]:
        """Arguments and environment of its processes."""
        assert self.server.process is not None
        parent = psutil.Process(self.server.process.pid)
        found = {}
        for process in [parent, *parent.children(recursive=True)]:
            folder = Path("/proc") / str(process.pid)
            for name in ("cmdline", "environ"):
                try:
                    found[f"{name} of process {process.pid}"] = (folder / name).read_bytes()
                except OSError:
                    continue
        return found

    def tables(self) -> dict[str, bytes]:
        """Every value of every table, as the database tells it."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.exposure.installation", "dump"],
            env=self.server.environment, cwd=ROOT, capture_output=True, check=True,
        )  # fmt: skip
        return {f"table {line['table']}": line["rows"].encode() for line in map(json.loads, done.stdout.splitlines())}

    def database_files(self) -> dict[str, bytes]:
        """PostgreSQL's own folder: tables, indexes, its log and journal. SQLite's files are in the data folder."""
        url = self.server.environment.get("DATABASE_URL")
        if not url:
            return {}
        import psycopg

        with psycopg.connect(url, autocommit=True) as line:
            line.execute("CHECKPOINT")
            row = line.execute("SHOW data_directory").fetchone()
            base = line.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
        assert row
        assert base
        folder = Path(row[0])
        found = {}
        for part in (folder / "base" / str(base[0]), folder / "log", folder / "pg_wal"):
            for path in part.rglob("*") if part.exists() else ():
                if path.is_file() and os.access(path, os.R_OK):
                    found[str(path)] = path.read_bytes()
        return found


@contextmanager
def installed(folder: Path, *, boss_password: str, anna_password: str, shown_name: str) -> Iterator[Installation]:
    """Set up and started; stopped and gone afterwards."""
    data, temp = folder / "data", folder / "temp"
    for path in (data, temp):
        path.mkdir(mode=0o700)
    origin = kept.empty()
    with kept.database(origin) as url:
        origin.copy_to(data)
        variables = kept.installation(data)
        variables |= {"TMPDIR": str(temp), "DJANGO_SETTINGS_MODULE": "havn.config.settings"}
        if url:
            variables["DATABASE_URL"] = url
        wishes = json.dumps({"boss": boss_password, "anna": anna_password, "shown_name": shown_name})
        subprocess.run(
            [sys.executable, "-m", "tests.exposure.installation", "make"],
            env=variables, cwd=ROOT, check=True, input=wishes.encode(),
        )  # fmt: skip
        server = Server(data, free_port(), variables, ("serve",))
        try:
            server.start()
            yield Installation(server, temp, boss_password, anna_password)
        finally:
            server.stop()


def _make() -> None:
    """The centre at localhost, its helpline, a coordinator and a counsellor who hold its key."""
    from django.test import override_settings

    from havn.accounts.models import Role
    from havn.helpline.actions.vocabularies import load_vocabularies
    from tests.tenancy.factories import make_centre, make_service
    from tests.vault.factories import FAST, give_team_key, make_member

    wishes = json.load(sys.stdin)
    service = make_service(centre=make_centre(host="localhost"))
    load_vocabularies()
    with override_settings(ARGON2=FAST):
        boss = make_member(
            service, Role.COORDINATOR, Role.SUPERVISOR, password=wishes["boss"], username="boss", name="Kari"
        )
        anna = make_member(service, password=wishes["anna"], username="anna", shown_name=wishes["shown_name"])
        give_team_key(service, [boss, anna])


def _dump() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = "\n".join(
                "|".join(value.hex() if isinstance(value, bytes | memoryview) else str(value) for value in row)
                for row in cursor.fetchall()
            )
            print(json.dumps({"table": table, "rows": rows}))


if __name__ == "__main__":
    import django

    django.setup()
    {"make": _make, "dump": _dump}[sys.argv[1]]()
