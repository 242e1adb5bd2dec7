"""The wheel holds everything that runs: whoever installs it needs no clone."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.codebase.places import HAVN, ROOT
from tools.pythons import start_demo_from

# Nothing here depends on the database: once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="shown on SQLite")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_installs_and_the_demo_starts_from_it(wheel: Path, tmp_path: Path) -> None:
    # The libraries are those of this environment (`make test-pythons` fetches them anew); Havn itself is the wheel's.
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    inside = venv / "bin"
    ask = [str(inside / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    place = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    # A folder named in a .pth is searched, but no .pth in it is read: the clone's own is not.
    (place / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(inside / "python"), "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--disable-pip-version-check", str(wheel)], check=True)
    start_demo_from(inside, tmp_path)


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "havn"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wanted = set(tracked.split()) & {path.relative_to(ROOT).as_posix() for path in HAVN.rglob("*")}
    assert wanted - held == set()
    for kind in ("templates/", "static/", "static/vendor/", "data/helpline-reasons.json", "migrations/0001_initial.py"):
        assert any(kind in name for name in held), f"no {kind} in the wheel"
    assert not any(name.startswith(("tests/", "bench/", "tools/")) for name in held)
