"""See to it that there is a Chromium (the system's, else by apt when root, else by playwright) and what PDFs need."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PRINTING = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-liberation")
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> int:
    """0 when both are there; says which Chromium."""
    if not ctypes.util.find_library("pangoft2-1.0") and not _by_apt("What PDFs need", *PRINTING):
        print("PDFs cannot be made: install Pango (docs/how-to/run-on-a-server.md says how).")
        return 1
    if path := _found():
        print(f"Chromium: {path}")
        return 0
    _by_apt("Chromium", "chromium", "fonts-liberation")
    if not _found():
        print("Installing Chromium by playwright.", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if path := _found():
        print(f"Chromium: {path}")
        return 0
    print("There is no Chromium, and none could be installed: install one, or name it in HAVN_CHROMIUM.")
    return 1


def _by_apt(what: str, *packages: str) -> bool:
    """Install them, where that is possible. Whether it went well."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing by apt: {what}.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = [
        subprocess.run(["apt-get", "-qq", *words], check=False, env=environment, stdout=subprocess.DEVNULL)
        for words in (["update"], ["install", "-y", "--no-install-recommends", *packages])
    ]
    return done[-1].returncode == 0


def _found() -> str | None:
    named = os.environ.get("HAVN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named:
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


if __name__ == "__main__":
    sys.exit(main())
