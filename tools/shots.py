"""Pictures of every screen, at 360 and 1280 pixels, light and dark: `make shots` writes docs/screens/.

One demo is started for it, and invented people bring it into the state that each picture needs. A new screen is one
more row in a table of `tools.screens`.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium_options
from tests.journeys.conftest import sign_in
from tests.journeys.story import child_says, counsellor_says, go_on_duty, start_chat, take_next
from tests.server import ROOT, running_server
from tools.screens import BEHIND, ELSEWHERE, PUBLIC, STAFF

FOLDER = ROOT / "docs" / "screens"
WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_TALLEST = 5000
_LONGEST = 2400


@dataclass
class Studio:
    """The browser, the demo's address and the pages of the invented people."""

    browser: Browser
    url: str
    environment: dict[str, str]
    pages: dict[str, Page] = field(default_factory=dict)

    def person(self, name: str, **options: Any) -> Page:
        """A page in a browser of their own; the same one each time."""
        if name not in self.pages:
            self.pages[name] = self.browser.new_context(locale="en-GB", **options).new_page()
        return self.pages[name]

    def staff(self, role: str) -> Page:
        """A signed-in person."""
        if role not in self.pages:
            sign_in(self.person(role), self.url, role)
        return self.pages[role]

    def shoot(self, name: str, page: Page, *, whole: bool = True) -> None:
        """The page as it is, in every width and scheme. Not `whole`: what a person sees without scrolling."""
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800 if width > 800 else 740})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(150)
                fits = page.evaluate("document.documentElement.scrollHeight") < _TALLEST
                _keep(f"{name}-{width}-{scheme}.png", page.screenshot(full_page=whole and fits))
        print(f"  {name}", flush=True)


def _keep(name: str, picture: bytes) -> None:
    # 256 colours are enough for flat surfaces and text, at half of the size; of a long page its beginning.
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, _LONGEST)))
    image.quantize(256, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def _public(studio: Studio) -> None:
    page = studio.person("anyone")
    for name, address in PUBLIC:
        page.goto(studio.url + address)
        studio.shoot(name, page)


def _elsewhere(studio: Studio) -> None:
    page = studio.person("anyone")
    for name, host, address in ELSEWHERE:
        page.goto(studio.url.replace("localhost", host) + address)
        studio.shoot(name, page)
    page.goto(studio.url + "/nb/reports/activity")
    page.locator("main li a").first.click()
    page.wait_for_load_state()
    studio.shoot("activity-report", page)


def _talk(studio: Studio) -> None:
    child, other = studio.person("child"), studio.person("other child")
    counsellor = studio.staff("counsellor")
    counsellor.goto(f"{studio.url}/en/desk")
    studio.shoot("desk-off-duty", counsellor)
    start_chat(child, studio.url, name="Comet")
    studio.shoot("chat-waiting", child)
    go_on_duty(counsellor, studio.url)
    studio.shoot("desk-one-waits", counsellor)
    take_next(counsellor)
    start_chat(other, studio.url, name="Fjell", danger=True)
    child.wait_for_url("**/chat/talk*")
    counsellor_says(counsellor, "Hi Comet, good that you wrote. What is on your mind?")
    child_says(child, "there's a group chat where they write about me")
    counsellor_says(counsellor, "That sounds hard. Thank you for telling me. Have you seen it yourself?")
    child_says(child, "yes a friend showed me")
    studio.shoot("chat-talk", child, whole=False)
    studio.shoot("desk-talk", counsellor, whole=False)
    for name, address in (("chat-keep-code", "keep"), ("chat-danger", "danger"), ("chat-copy", "copy"),
                          ("chat-delete", "delete"), ("chat-end", "end")):  # fmt: skip
        child.goto(f"{studio.url}/en/chat/{address}")
        studio.shoot(name, child)
    plain = studio.person("plain child", java_script_enabled=False)
    plain.goto(f"{studio.url}/en/chat")
    plain.locator("form[action='/live/start'] button[type=submit]").click()
    studio.shoot("chat-waiting-no-script", plain)
    supervisor = studio.staff("supervisor")
    supervisor.goto(f"{studio.url}/en/desk/wall")
    studio.shoot("wall-busy", supervisor)
    child.goto(f"{studio.url}/en/chat/end")
    child.locator("form[action='/live/end'] button[type=submit]").first.click()
    child.wait_for_url("**/chat/ended*")
    studio.shoot("chat-ended", child)


def _leaving(studio: Studio) -> None:
    page = studio.person("leaver")
    page.route("https://**", lambda route: route.abort())
    page.goto(studio.url + "/")
    page.evaluate("fetch('/exit', {redirect: 'manual'})")
    page.goto(studio.url + "/")
    studio.shoot("after-quick-exit", page)


def _behind(studio: Studio) -> None:
    for name, address, part, role in BEHIND:
        page = studio.staff(role)
        page.goto(f"{studio.url}/en{address}")
        page.locator(f"main a[href*='{part}']").first.click()
        page.wait_for_load_state()
        studio.shoot(name, page)


def _doors(studio: Studio) -> None:
    """What stands behind the sign-in, and what a child writes or types in vain."""
    page = studio.person("writer")
    page.goto(f"{studio.url}/en/letter")
    page.fill("#text", "Dear you, I do not know what to do.")
    page.locator("form[action='/live/letter'] button").click()
    page.wait_for_url("**/letter/sent*")
    studio.shoot("letter-sent", page)
    page.goto(f"{studio.url}/en/letter/read")
    studio.shoot("letter-read", page)
    page.goto(f"{studio.url}/en/chat/code")
    page.locator("main form input:not([type=hidden])").first.fill("ABCD EFGH JKMN PQRS TUVW")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    studio.shoot("chat-wrong-code", page)


def _danger(studio: Studio) -> None:
    child, counsellor, supervisor = studio.person("third child"), studio.staff("counsellor"), studio.staff("supervisor")
    start_chat(child, studio.url, name="Luna", danger=True)
    go_on_duty(counsellor, studio.url)
    while "/chat/talk" not in child.url:
        # Who waited longer, from an earlier picture, comes first.
        counsellor.locator("[data-next] button").click()
        child.wait_for_timeout(2000)
    counsellor.locator("#desk-thread-title", has_text="Luna").wait_for()
    counsellor_says(counsellor, "I am with you.")
    child_says(child, "he is outside the door")
    counsellor.check("[name=kind][value=note]", force=True)
    studio.shoot("desk-note", counsellor, whole=False)
    counsellor.locator("summary[data-key=risk]").click()
    counsellor.get_by_role("button", name="Imminent danger").click()
    counsellor.locator(".desk-danger").wait_for()
    studio.shoot("desk-imminent", counsellor, whole=False)
    supervisor.goto(f"{studio.url}/en/desk/wall")
    supervisor.locator(".wall-alarm").wait_for()
    studio.shoot("wall-red", supervisor)
    studio.shoot("chat-imminent", child, whole=False)


_FULL = """
import datetime as dt, os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "havn.config.settings"
django.setup()
from zoneinfo import ZoneInfo
from havn.centres.models import ChannelSettings, OpeningRule
from havn.common.clock import now
from havn.tenancy.models import Service
service = Service.objects.select_related("organisation__centre").get(slug=sys.argv[1])
centre = service.organisation.centre
closes = now().astimezone(ZoneInfo(centre.time_zone)) + dt.timedelta(minutes=12)
opens = closes - dt.timedelta(hours=8)
OpeningRule.objects.filter(service=service, channel="chat").delete()
OpeningRule.objects.create(service=service, channel="chat", weekday=opens.weekday(), opens=opens.time(),
                           closes=closes.time())
ChannelSettings.objects.filter(service=service, channel="chat").update(always_open=False, stop_admitting_minutes=0)
centre.is_demo = False
centre.save()
"""


def _full(studio: Studio) -> None:
    """A quarter of an hour before closing, with more children than the shift can take. Last: no demo after it."""
    counsellor, child = studio.staff("counsellor"), studio.person("late child")
    go_on_duty(counsellor, studio.url)
    for number in range(12):
        start_chat(studio.person(f"early child {number}"), studio.url)
    child.goto(f"{studio.url}/en/chat")
    slug = child.locator("[name=service]").get_attribute("value") or ""
    subprocess.run([sys.executable, "-c", _FULL, slug], cwd=ROOT, env=studio.environment, check=True)
    for _ in range(50):
        child.goto(f"{studio.url}/en/chat")
        if child.locator(".panel--lit").count():
            break
        child.wait_for_timeout(200)
    studio.shoot("chat-full", child)


def _staff(studio: Studio) -> None:
    for name, address, role in STAFF:
        page = studio.staff(role)
        if name == "locked":
            page.goto(f"{studio.url}/en/desk/account")
            page.locator("form[action$='/desk/lock'] button").first.click()
        else:
            page.goto(f"{studio.url}/en{address}")
        studio.shoot(name, page)


def main(wanted: list[str]) -> int:
    """Take them all, or only the parts named: public, elsewhere, talk, danger, doors, leaving, behind, staff, full."""
    parts: dict[str, Callable[[Studio], None]] = {
        "public": _public, "elsewhere": _elsewhere, "talk": _talk, "danger": _danger, "doors": _doors,
        "leaving": _leaving, "behind": _behind, "staff": _staff, "full": _full,
    }  # fmt: skip
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="havn-shots-") as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        data.mkdir()
        with running_server(data) as server:
            browser = playwright.chromium.launch(**chromium_options())
            studio = Studio(browser, server.url, {**server.environment, "HAVN_DEMO": "1"})
            for name, take in parts.items():
                if not wanted or name in wanted:
                    print(name, flush=True)
                    take(studio)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
