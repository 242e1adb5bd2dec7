"""`make run`: what a person reads who cannot start it, and starting it a second time from anywhere."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.server import ROOT, free_port
from tools import environment

# Nothing here depends on the database: once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="shown on SQLite")]

TOOL = Path(environment.__file__)
_AS_OLD = (
    "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path(sys.argv[1], run_name='__main__')"
)


def make_run(data: Path, port: int) -> subprocess.CompletedProcess[str]:
    """`make run` in this clone, to its end."""
    return subprocess.run(
        ["make", "--no-print-directory", "run", f"PYTHON={sys.executable}"], cwd=ROOT, env=_environment(data, port),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def _environment(data: Path, port: int) -> dict[str, str]:
    # What an outer make hands on would make this one speak as an inner one.
    ours = ("HAVN_", "DATABASE_URL", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"HAVN_DATA": str(data), "PORT": str(port)}


def test_an_older_python_is_one_sentence_that_names_the_way_out() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _AS_OLD, str(TOOL)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Havn needs Python 3.11 or newer")
    assert "make PYTHON=" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("file", [TOOL, ROOT / "havn" / "config" / "command.py"], ids=["environment", "command"])
def test_an_older_python_can_read_as_far_as_that_sentence(file: Path) -> None:
    # The command says it too, where somebody installed the wheel by force.
    ast.parse(file.read_text(), feature_version=(3, 7))


def test_a_clone_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(environment.os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit) as ended:
        environment.main("run")
    assert "cannot write" in str(ended.value)
    assert "\n" not in str(ended.value)


def test_an_environment_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(kind: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(environment, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(environment, "_make", fails)
    with pytest.raises(SystemExit) as ended:
        environment.main("run")
    assert "Permission denied" in str(ended.value)
    assert "make clean" in str(ended.value)
    assert "\n" not in str(ended.value)


def test_a_taken_port_is_one_sentence_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = make_run(tmp_path / "data", port)
    assert ended.returncode != 0
    said = [line for line in ended.stderr.splitlines() if not line.startswith("make:")]
    assert len(said) == 1
    assert said[0].startswith(f"Port {port} is taken")
    assert not (tmp_path / "data" / "havn.sqlite3").exists()


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = make_run(tmp_path / "file" / "data", free_port())
    said = [line for line in ended.stderr.splitlines() if not line.startswith("make:")]
    assert len(said) == 1
    assert "HAVN_DATA" in said[0]


@pytest.mark.parametrize("closed", ["<&-", "<&- >&- 2>&-"], ids=["no input", "no input and no output"])
def test_it_starts_a_second_time_without_a_terminal_and_stops_on_ctrl_c(
    demo_folder: Path, tmp_path: Path, closed: str
) -> None:
    data, port = tmp_path / "data", free_port()
    shutil.copytree(demo_folder, data, ignore=lambda folder, names: [n for n in names if Path(folder, n).is_socket()])
    begun = time.monotonic()
    running = subprocess.Popen(
        ["sh", "-c", f'exec make --no-print-directory run PYTHON="{sys.executable}" {closed}'],
        cwd=ROOT, env=_environment(data, port), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while True:
            assert running.poll() is None, "make ended"
            assert time.monotonic() - begun < 60
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                    line.sendall(b"GET /desk/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    if b" 200 " in line.recv(64):
                        break
            except OSError:
                pass
            time.sleep(0.1)
    finally:
        told = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        running.wait(20)
    assert time.monotonic() - told < 3
