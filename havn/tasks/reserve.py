"""Room on the disk: 64 MB lie in reserve so that a full disk stops new talks before it stops those that run.

The reserve is a real file, because other programs fill disks too. With less than 64 MB free nobody new is let in. When
almost nothing is left the file is removed, and open talks go on into its room.
"""

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

RESERVE_BYTES = 64 * 1024 * 1024
SOON_BYTES = 10 * RESERVE_BYTES
LOW_BYTES = 16 * 1024 * 1024
# Laid down again only when there is plenty, so that it never eats the last of the disk itself.
PLENTY_BYTES = 3 * RESERVE_BYTES
_REMEMBERED_S = 1.0


@dataclass(frozen=True)
class Room:
    """What the disk of HAVN_DATA has left, and whether the reserve lies there."""

    free_bytes: int
    held: bool

    @property
    def enough(self) -> bool:
        """Whether a new talk may begin."""
        return self.free_bytes >= RESERVE_BYTES

    @property
    def soon_full(self) -> bool:
        """Whether somebody should make room before new talks are turned away."""
        return self.free_bytes < SOON_BYTES


_seen: tuple[float, Path, int] | None = None


def may_start() -> bool:
    """Whether there is room for new conversations. Fast enough for an event loop."""
    return free_bytes() >= RESERVE_BYTES


def free_bytes() -> int:
    """What the disk still takes, looked at once a second at most."""
    global _seen
    now, data = time.monotonic(), Path(settings.DATA)
    if _seen is None or _seen[1] != data or now - _seen[0] >= _REMEMBERED_S:
        _seen = (now, data, look().free_bytes)
    return _seen[2]


def look() -> Room:
    """How much room there is now."""
    free = os.statvfs(_nearest(Path(settings.DATA)))
    return Room(free.f_bavail * free.f_frsize, _held())


def release() -> bool:
    """Give the reserve to the open talks. True when there was one."""
    global _seen
    _seen = None
    try:
        path().unlink()
    except OSError:
        return False
    return True


def tend() -> Room:
    """Release the reserve when the disk is nearly full, lay it down again when there is plenty. Called every second."""
    room = look()
    if room.held and room.free_bytes < LOW_BYTES:
        release()
        return look()
    if not room.held and room.free_bytes >= PLENTY_BYTES:
        # A read-only folder or a disk filled in this very moment: the next look tries again.
        with contextlib.suppress(OSError):
            _lay_down()
        return look()
    return room


def path() -> Path:
    """Where the reserve lies."""
    return Path(settings.DATA) / "reserve"


def _held() -> bool:
    try:
        return path().stat().st_blocks * 512 >= RESERVE_BYTES
    except FileNotFoundError:
        return False


def _lay_down() -> None:
    fresh = path().with_name(f".reserve.{os.getpid()}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, RESERVE_BYTES)
        finally:
            os.close(descriptor)
        fresh.replace(path())
    finally:
        fresh.unlink(missing_ok=True)


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
