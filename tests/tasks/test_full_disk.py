"""A real Havn on a disk that fills: nobody new is let in, open talks are stored, and who was not stored is told."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exposure.installation import Installation, installed
from tests.exposure.story import Person, start_chat, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="PostgreSQL has its own disk.")]
MB = 1024 * 1024
JSON = {"Accept": "application/json"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 300 MB of its own; only where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("Mounting needs root; test_reserve.py and live's tests inject the fault instead.")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_takes_nobody_new_stores_open_talks_and_says_what_it_could_not_store(small_disk: Path) -> None:
    people = {"anna_password": "correct horse battery", "boss_password": "staple battery horse", "shown_name": "Anna"}
    with installed(small_disk, **people) as home:
        child, filler = Person(home.url, "127.0.0.1", {}), small_disk / "other-program"
        until(lambda: (home.server.data / "reserve").exists())
        start_chat(child)
        stored = [_say(child, 0)]

        _fill(filler, small_disk, leave_mb=40)
        page = Person(home.url, "127.0.0.1", {})
        until(lambda: page.submit(page.get("/en/chat"), "/live/start").status_code == 503, 5)
        stored += [_say(child, number) for number in range(1, 10)]

        # Now into the room that was kept for them.
        _fill(filler, small_disk, leave_mb=0)
        stored += [_say(child, number) for number in range(10, 20)]
        assert not (home.server.data / "reserve").exists()
        assert stored == [200] * 20
        assert _texts(home) == 20

        # At the very end the child is told, and the words are not counted as stored.
        _fill(filler, small_disk, leave_mb=0)
        told = [_say(child, number, "x" * 4000) for number in range(20, 60)]
        assert set(told) <= {200, 503}
        assert 503 in told
        assert _texts(home) == 20 + told.count(200)

        # Room again: what was refused is sent again and stored once.
        filler.unlink()
        again = [_say(child, number, "x" * 4000) for number in range(20, 60)]
        assert set(again) == {200}
        assert _texts(home) == 60


def _say(child: Person, number: int, text: str = "words") -> int:
    """Post until it is not too fast any more; the status."""
    fields = {"text": f"{number} {text}", "client_id": f"full-disk-{number:04}"}
    statuses: list[int] = []
    until(lambda: statuses.append(child.post("/live/message", fields, headers=JSON).status_code) or statuses[-1] != 429)
    return statuses[-1]


def _fill(filler: Path, disk: Path, *, leave_mb: int) -> None:
    """Let another program write until so much is left."""
    free = os.statvfs(disk)
    size = free.f_bavail * free.f_frsize - leave_mb * MB
    try:
        with filler.open("ab") as file:
            while size > 0:
                size -= file.write(b"\0" * min(size, MB))
    except OSError:
        assert leave_mb == 0


def _texts(home: Installation) -> int:
    """How many texts of visitors the log holds."""
    rows = home.tables()["table live_message"].decode().splitlines()
    return sum("|visitor|" in row and "|text|" in row for row in rows)
