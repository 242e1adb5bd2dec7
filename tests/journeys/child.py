"""What the journeys of a child share: an everyday site on this machine, and every screen of a visit in order."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.story import start_chat
from tests.server import ROOT, Server

_SET_NEUTRAL = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "havn.config.settings"
django.setup()
from havn.tenancy.models import Centre
Centre.objects.update(neutral_site=sys.argv[1])
"""


def everyday_site(server: Server) -> str:
    """Let quick exit lead to a page on this machine instead of out into the world. Returns its address."""
    site = f"{server.other_url}/accessibility"
    environment = {**server.environment, "HAVN_DEMO": "1"}
    subprocess.run([sys.executable, "-c", _SET_NEUTRAL, site], cwd=ROOT, env=environment, check=True)
    for _ in range(100):
        with urllib.request.urlopen(f"{server.url}/chat") as answer:
            if site in answer.read().decode():
                # Pages that the front door kept a moment ago still lead out into the world.
                mark = Path(server.environment["HAVN_DATA"]) / "run" / "pages"
                mark.write_bytes(b"")
                return site
        time.sleep(0.1)
    raise AssertionError("The everyday site was not taken over.")


def leave_the_line(page: Page, url: str) -> None:
    """Let nobody take this child in a later test."""
    page.goto(f"{url}/en/chat/leave")
    page.locator("form[action='/live/leave'] button").click()
    page.wait_for_url("**/chat/ended*")


def screens_of_a_wait(page: Page, url: str) -> Iterator[str]:
    """Every screen from the start to the end of a wait, one after the other. Yields its name."""
    page.goto(f"{url}/en/chat")
    yield "start"
    start_chat(page, url)
    yield "waiting"
    for name in ("keep", "danger", "leave", "delete", "copy"):
        page.goto(f"{url}/en/chat/{name}")
        yield name
    leave_the_line(page, url)
    yield "ended"
    page.locator("form[action='/live/done'] button").click()
    page.wait_for_url("**/chat/done*")
    yield "done"
    page.goto(f"{url}/en/chat/code?over=1")
    yield "code"
    page.goto(f"{url}/en/letter")
    yield "letter"
    page.fill("#text", "Dear you, I do not know what to do.")
    page.locator("form[action='/live/letter'] button").click()
    page.wait_for_url("**/letter/sent*")
    yield "letter sent"
    page.goto(f"{url}/en/letter/read")
    yield "letter read"
    page.goto(f"{url}/en/letter/again")
    yield "letter again"


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
