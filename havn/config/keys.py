"""Secrets of this server, kept in the data folder outside the database and its backups (mode 0600)."""

import os
import secrets
from pathlib import Path


def server_secret(data: Path, name: str) -> str:
    """The named random secret of 256 bits as hex, made at first use. Raises OSError if the folder is read-only."""
    path = data / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
