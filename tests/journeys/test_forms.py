"""Forms in a browser: age checks explained on a phone, a self-assessment without script, questions that come and go."""

from collections.abc import Callable
from urllib.parse import parse_qsl

from django.http import QueryDict
from playwright.sync_api import Page, expect

from havn.forms.api import bind, check, render
from tests.browser import Watch
from tests.forms.sample import definition
from tests.server import Server

PHONE = {"width": 320, "height": 700}


def test_a_child_and_a_provider_on_a_small_phone_without_script(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None], watch: Watch
) -> None:
    watch.allow("status of 422")
    page = new_page(viewport=PHONE, java_script_enabled=False, locale="en-GB")
    page.goto(f"{havn_server.url}/en/age-assurance")
    expect(page.get_by_role("heading", level=1)).to_have_text("Why do apps ask how old you are?")
    assert page.locator(".form-rights > li").count() == 6
    page.get_by_role("link", name="Check how you ask for age").click()
    page.get_by_role("radio", name="Games").check()
    page.get_by_role("checkbox", name="A proof of age from somebody else").check()
    page.get_by_label("From which age may people use it?").fill("13")
    page.get_by_role("button", name="Show our points", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("20 answers need another look")
    for choice in page.get_by_role("radio", name="Yes, and we can show it").all():
        choice.check()
    page.get_by_role("button", name="Keep and show our points").click()
    expect(page.locator(".form-points")).to_contain_text("All points of 60")
    code = page.locator(".form-code").inner_text()
    page.goto(f"{havn_server.url}/en/age-assurance/check")
    page.get_by_label("Your code").fill(code.lower())
    page.get_by_role("button", name="Open").click()
    assert page.get_by_label("From which age may people use it?").input_value() == "13"
    assert not page.context.cookies()

    seen = new_page(viewport=PHONE)
    for path in ("en/age-assurance", "nb/age-assurance", "nb/age-assurance/check"):
        seen.goto(f"{havn_server.url}/{path}")
        axe(seen)
        assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_questions_come_and_go_as_the_server_says(new_page: Callable[..., Page], havn_server: Server) -> None:
    form = definition()
    page = new_page(viewport=PHONE)
    page.goto(f"{havn_server.url}/en/age-assurance/check")
    raw = {"trips": [{}, {"trip_people": "25"}]}
    page.evaluate(
        """(html) => {
          const form = document.createElement("form");
          form.id = "tried";
          form.append(document.createRange().createContextualFragment(html));
          document.querySelector("main").replaceChildren(form);
        }""",
        render(form, raw, language="en"),
    )
    expect(page.locator(".form-condition:visible")).to_have_count(0)
    _agree(page)
    for name, value in (("q-members", "1 200"), ("q-trips.0.trip_people", "21"), ("q-trips.1.trip_people", "x")):
        page.locator(f"[name='{name}']").fill(value)
        _agree(page)
    page.locator("#q-met-false").check()
    _agree(page)
    expect(page.get_by_label("Why not?")).to_be_visible()
    page.locator("#q-met").check()
    _agree(page)
    expect(page.get_by_label("Why not?")).to_be_hidden()
    page.locator("[name='q-members']").fill("0")
    _agree(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _agree(page: Page) -> None:
    """What can be seen is what the server would take answers to."""
    sent = page.evaluate("new URLSearchParams(new FormData(document.getElementById('tried'))).toString()")
    posted = QueryDict(mutable=True)
    for name, value in parse_qsl(sent, keep_blank_values=True):
        posted.appendlist(name, value)
    shown = check(definition(), bind(definition(), posted).answers, final=False).shown
    visible = page.evaluate(
        """() => [...document.querySelectorAll("#tried .form-question")].filter((one) => one.checkVisibility())
          .map((one) => one.id.slice(2, -"-question".length))"""
    )
    assert set(visible) == {path for path in shown if path not in definition().by_key}
