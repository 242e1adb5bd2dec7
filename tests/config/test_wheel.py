"""The wheel holds everything that runs: whoever installs it needs no clone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.codebase.places import HAVN, ROOT

pytestmark = pytest.mark.slow


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "havn"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wanted = set(tracked.split()) & {path.relative_to(ROOT).as_posix() for path in HAVN.rglob("*")}
    assert wanted - held == set()
    for kind in ("templates/", "static/", "static/vendor/", "data/helpline-reasons.json", "migrations/0001_initial.py"):
        assert any(kind in name for name in held), f"no {kind} in the wheel"
    assert not any(name.startswith(("tests/", "bench/", "tools/")) for name in held)
