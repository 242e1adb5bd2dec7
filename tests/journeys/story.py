"""What people do, in their words: used by the journeys and by the pictures of the screens."""

from playwright.sync_api import Page, expect


def start_chat(page: Page, url: str, *, name: str = "", language: str = "en", danger: bool = False) -> None:
    """A child starts a chat and stands in the line."""
    page.goto(f"{url}/{language}/chat")
    if page.locator("#language").count():
        page.select_option("#language", language)
    if name:
        page.fill("#name", name)
    if danger:
        page.check("[name=in_danger]")
    page.locator("form[action='/live/start'] button[type=submit]").click()
    page.wait_for_url("**/chat/waiting*")


def go_on_duty(page: Page, url: str) -> None:
    """A counsellor at the desk goes on duty with what is offered, unless on duty already."""
    page.goto(f"{url}/en/desk")
    button = page.locator("[data-duty-on] button[type=submit]")
    if button.count():
        button.first.click()
        # Going on duty plays a sound and asks whether it was heard.
        page.locator("dialog[data-sound][open] button").first.click()
    expect(page.locator("[data-next] button")).to_be_visible()


def take_next(page: Page) -> None:
    """Press the one button and stand in the talk."""
    page.locator("[data-next] button").click()
    expect(page.locator("#desk-text")).to_be_visible()


def counsellor_says(page: Page, text: str) -> None:
    """Write to the child and see it stored in the thread."""
    page.fill("#desk-text", text)
    page.locator(".desk-composer__send").click()
    expect(page.locator("#desk-thread").get_by_text(text)).to_be_visible()


def child_says(page: Page, text: str) -> None:
    """Write in the talk and see it stored."""
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")
    expect(page.get_by_text(text)).to_be_visible()
