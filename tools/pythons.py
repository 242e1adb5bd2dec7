"""Install the wheel into a fresh environment of every Python at hand, check it, and start the demo from it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = ("3.11", "3.12", "3.13")


def main() -> int:
    """1 when one of the Pythons found fails. One that is not there is named and left out."""
    with tempfile.TemporaryDirectory(prefix="havn-pythons-") as folder:
        place = Path(folder)
        build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(ROOT)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = place.glob("*.whl")
        failed = 0
        for version in WANTED:
            python = _python(version)
            if python is None:
                print(f"Python {version}: not here")
                continue
            try:
                print(f"Python {version}: {_try(python, wheel, place / version)}", flush=True)
            except (subprocess.CalledProcessError, AssertionError) as error:
                failed += 1
                print(f"Python {version}: FAILED: {error}", flush=True)
    return 1 if failed else 0


def _python(version: str) -> str | None:
    if found := shutil.which(f"python{version}"):
        works = subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode == 0
        if works:
            return found
    places = (Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python")
    return next(map(str, sorted(places, reverse=True)), None)


def _try(python: str, wheel: Path, place: Path) -> str:
    inside = place / "venv" / "bin"
    subprocess.run([python, "-m", "venv", str(place / "venv")], check=True)
    quiet = [str(inside / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*quiet, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")], check=True)
    subprocess.run([*quiet, str(wheel)], check=True)
    start_demo_from(inside, place)
    return "installed, checked, the demo answered"


# The first start makes the tables and the demo: a minute on a small machine, longer on a busy one.
_READY_S = 240


def start_demo_from(inside: Path, place: Path) -> None:
    """Start the demo by the `havn` in this folder of commands, open its first page, stop it, and run `havn check`.

    Everything it keeps goes below `place`. AssertionError or CalledProcessError says what did not work.
    """
    # Outside of the clone: only what the wheel holds may be found.
    unwanted = ("HAVN_", "PYTHON", "DATABASE_URL", "PORT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment |= {"HAVN_DATA": str(place / "data")}
    port = _free_port()
    with (place / "output.txt").open("w") as output:
        demo = subprocess.Popen(
            [str(inside / "havn"), "demo", "--port", str(port)],
            cwd=place, env=environment, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        page = _first_page(port, demo)
    except AssertionError:
        print((place / "output.txt").read_text())
        raise
    finally:
        demo.send_signal(signal.SIGINT)
        try:
            demo.wait(30)
        except subprocess.TimeoutExpired:
            demo.kill()
    style = re.search(r'href="(/static/[^"]+/havn\.css)"', page)
    assert style, "the page names no style"
    subprocess.run([str(inside / "havn"), "check"], cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)


def _first_page(port: int, demo: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline:
        assert demo.poll() is None, "the demo ended"
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=20) as response:
                return str(response.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the demo did not answer within {_READY_S} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
