"""A full disk stops new talks while those that run are still stored."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from havn.tasks import reserve

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _looks_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "_seen", None)


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder on a disk of 256 MB of its own; only where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("Mounting needs root; the test below injects the fault instead.")
    monkeypatch.setattr(settings, "DATA", folder)
    monkeypatch.setattr(reserve, "_REMEMBERED_S", 0)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_gives_up_the_reserve_and_takes_nobody_new(small_disk: Path) -> None:
    assert reserve.tend().held
    assert reserve.may_start()
    filler = small_disk / "other-program"
    filler.write_bytes(b"x" * (256 - 64 - 40) * MB)
    assert not reserve.may_start()
    assert reserve.tend().held
    with filler.open("ab") as file:
        file.write(b"x" * 32 * MB)
    assert not reserve.tend().held
    # The room that was in reserve takes what open talks still say.
    (small_disk / "talk").write_bytes(b"y" * 52 * MB)
    assert not reserve.may_start()
    filler.unlink()
    assert reserve.tend().held
    assert reserve.may_start()


@pytest.mark.parametrize(
    ("free_mb", "held", "enough", "held_after"),
    [
        (1000, False, True, True),
        (100, False, True, False),
        (100, True, True, True),
        (63, False, False, False),
        (63, True, False, True),
        (15, True, False, False),
    ],
)
def test_the_reserve_is_released_at_the_last_and_laid_down_when_there_is_plenty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_mb: int, held: bool, enough: bool, held_after: bool
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    if held:
        reserve._lay_down()
    real = os.statvfs

    def nearly_full(path: Path) -> os.statvfs_result:
        values = list(real(path))
        values[1], values[4] = 4096, free_mb * MB // 4096
        return os.statvfs_result(values)

    monkeypatch.setattr(reserve.os, "statvfs", nearly_full)
    assert reserve.look() == reserve.Room(free_mb * MB, held)
    assert reserve.may_start() is enough
    assert reserve.tend().held is held_after


def test_the_answer_is_remembered_for_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    looks: list[int] = []
    monkeypatch.setattr(reserve, "look", lambda: looks.append(1) or reserve.Room(1 << 40, True))
    assert all(reserve.may_start() for _ in range(50))
    assert len(looks) == 1
