"""See to it that there is a Chromium: the system's, else by apt when root, else by playwright."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> int:
    """0 when there is one; says which."""
    if path := _found():
        print(f"Chromium: {path}")
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium by apt.", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"]):
            subprocess.run(["apt-get", "-qq", *words], check=False, env=environment, stdout=subprocess.DEVNULL)
    if not _found():
        print("Installing Chromium by playwright.", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if path := _found():
        print(f"Chromium: {path}")
        return 0
    print("There is no Chromium, and none could be installed: install one, or name it in HAVN_CHROMIUM.")
    return 1


def _found() -> str | None:
    named = os.environ.get("HAVN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named:
        return named
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


if __name__ == "__main__":
    sys.exit(main())
