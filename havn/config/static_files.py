"""Static files straight from the live process: right type, kept for ever by the browser, compressed once."""

import asyncio
import gzip
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".map": b"application/json",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".webmanifest": b"application/manifest+json",
    ".png": b"image/png",
    ".ico": b"image/x-icon",
    ".jpg": b"image/jpeg",
    ".webp": b"image/webp",
    ".woff2": b"font/woff2",
    ".mp3": b"audio/mpeg",
    ".ogg": b"audio/ogg",
    ".wav": b"audio/wav",
}
_COMPRESSED = {".css", ".js", ".json", ".map", ".svg", ".txt", ".webmanifest", ".ico"}
_FOREVER = b"public, max-age=31536000, immutable"
# Under another release's address the file may have changed since: usable, never kept.
_NOT_KEPT = b"no-cache"


@dataclass(frozen=True)
class StaticFile:
    """A file ready to be sent."""

    stamp: tuple[int, int]
    kind: bytes
    plain: bytes
    packed: bytes | None


class StaticFiles:
    """The files below `/static/<release>/`, found as Django finds them, read and compressed at first use."""

    def __init__(self, release: str, collected: Path) -> None:
        self._release = release
        self._collected = collected
        self._kept: dict[str, StaticFile] = {}

    async def find(self, path: str) -> tuple[StaticFile, bytes] | None:
        """The file at an address without its leading `/static/`, and how long it may be kept. None: no such file."""
        release, _, name = path.partition("/")
        if not name or name.endswith("/") or "\\" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            return None
        file = await asyncio.to_thread(self._read, name)
        if file is None:
            return None
        return file, _FOREVER if release == self._release else _NOT_KEPT

    def _read(self, name: str) -> StaticFile | None:
        place = self._place(name)
        if place is None:
            return None
        state = place.stat()
        stamp = (state.st_mtime_ns, state.st_size)
        kept = self._kept.get(name)
        if kept is not None and kept.stamp == stamp:
            return kept
        plain = place.read_bytes()
        packed = gzip.compress(plain, 9, mtime=0) if place.suffix in _COMPRESSED and len(plain) > 400 else None
        file = StaticFile(stamp, _TYPES[place.suffix], plain, packed)
        self._kept[name] = file
        return file

    def _place(self, name: str) -> Path | None:
        if Path(name).suffix not in _TYPES:
            return None
        collected = self._collected / name
        if collected.is_file():
            return collected
        found = finders.find(name)
        return Path(found) if found and Path(found).is_file() else None


def accepts_gzip(header: bytes) -> bool:
    """Whether an Accept-Encoding header asks for gzip, and not with weight zero."""
    for wish in header.lower().split(b","):
        name, _, weight = wish.strip().partition(b";")
        if name.strip() in {b"gzip", b"*"}:
            return weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    return False
