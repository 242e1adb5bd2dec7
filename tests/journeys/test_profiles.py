"""The profile of a centre in a browser: a reader without script, the network's list, and an editor's own part."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.server import Server

PHONE = {"width": 320, "height": 700}
MOST_KB = 60
# What the published profile of Norway states.
STATED = (
    "Norwegian Media Authority",
    "info@medietilsynet.no",
    "Kors på halsen (Cross My Heart)",
    "800 33 321",
    "from 14:00 to 22:00",
    "About 250 volunteers",
    "Free",
    "You don't have to say who you are",
    "korspahalsen.no",
    "23 20 80 00",
    "kripos@politiet.no",
    "08:00 to 15:00",
    "The emergency number answers day and night",
    "Run by the police",
    "Because of Norwegian law",
    "korspahalsen@redcross.no",
    "ten members from 14 to 17",
    "for non-Member States",
    "e-mail",
    "forum",
    "Profile last updated",
)


def test_somebody_reads_a_profile_on_a_small_phone_without_script(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport=PHONE, java_script_enabled=False, locale="en-GB")
    page.goto(f"{havn_server.url}/en/")
    page.get_by_role("link", name="The centre's profile").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Norwegian Safer Internet Centre")
    said = page.locator("main").inner_text()
    assert [one for one in STATED if one not in said] == []
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Hotline").click()
    assert page.url.endswith("#hotline")
    assert page.locator("main a[href^='tel:'], main a[href^='sms:'], main a[href^='mailto:']").count() == 0
    assert not page.context.cookies()

    seen = new_page(viewport=PHONE)
    for path in ("en/profile", "nb/profil", "nb/profil/ungdom"):
        seen.goto(f"{havn_server.url}/{path}")
        axe(seen)
        assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_a_profile_is_light(new_page: Callable[..., Page], havn_server: Server) -> None:
    page = new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{havn_server.url}/en/profile", wait_until="networkidle")
    assert sum(sizes) / 1024 <= MOST_KB


def test_the_network_lists_every_centre_and_leads_to_its_profile(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    network = havn_server.url.replace("localhost", "network.localhost").replace("127.0.0.1", "network.localhost")
    page = new_page(viewport=PHONE, locale="en-GB")
    page.goto(f"{network}/en/centres")
    axe(page)
    assert page.locator(".centres__one").count() >= 32
    page.get_by_role("link", name="Poland").click()
    expect(page.locator("main")).to_contain_text("This centre does not write its profile here.")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.go_back()
    page.get_by_role("link", name="Norway").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Norwegian Safer Internet Centre")


def test_an_editor_finds_their_own_part_and_no_way_into_that_of_another(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = staff_page("editor")
    page.goto(f"{havn_server.url}/en/desk/profile")
    axe(page)
    others = page.get_by_role("row").filter(has_text="Kripos")
    assert others.count() >= 1
    assert others.get_by_role("link").count() == 0
    page.get_by_role("link", name="Awareness centre: write your part").first.click()
    page.wait_for_url("**/desk/editor/pages/*/edit/")
    expect(page.locator("#id_title")).not_to_be_empty()
