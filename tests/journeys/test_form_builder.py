"""A data officer builds a form with a condition, a table and a check, translates it, tries it out and uses it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Watch
from tests.server import Server


def add(page: Page, type_: str, label: str) -> None:
    """A question of this type, as far as its words."""
    page.get_by_role("link", name="Add a question").first.click()
    page.get_by_role("link", name=type_, exact=True).click()
    page.get_by_label("Question", exact=True).fill(label)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")


def test_from_an_empty_form_to_a_version_in_use_without_javascript(
    staff_page: Callable[..., Page], havn_server: Server, watch: Watch
) -> None:
    watch.allow("status of 422")
    page = staff_page("data_officer", java_script_enabled=False)
    page.goto(f"{havn_server.url}/en/desk/forms")
    page.get_by_role("link", name="New form").click()
    page.get_by_label("Title").fill("Talks at schools")
    page.get_by_label("The form's own language").select_option("en")
    page.get_by_role("button", name="Make the draft").click()

    add(page, "A number", "How many came?")
    save(page)
    add(page, "Yes or no", "Did anything happen?")
    save(page)
    add(page, "Words", "What happened?")
    page.get_by_role("radio", name="Only after this answer").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    expect(page.get_by_text("Choose the answer.")).to_be_visible()
    page.get_by_label("After this answer", exact=True).select_option("did_anything_happen == true")
    save(page)
    expect(page.get_by_text("Only if “Did anything happen?” is Yes")).to_be_visible()
    add(page, "A table of rows and columns", "Who came?")
    page.get_by_label("Rows", exact=True).fill("Pupils\nParents")
    page.get_by_label("Columns", exact=True).fill("Under 12\n12 and over")
    save(page)
    page.get_by_role("link", name="Add a check").click()
    page.get_by_label("This amount", exact=True).select_option("sum(who_came)")
    page.get_by_label("With this amount", exact=True).select_option("how_many_came")
    page.get_by_label("What is said then").fill("The table does not add up to {how_many_came}.")
    page.get_by_label("Question it is told at").select_option("how_many_came")
    save(page)
    page.get_by_role("button", name=re.compile("Take out.*Who came")).click()
    expect(page.get_by_role("heading", name="1 thing to mend before this version can be used")).to_be_visible()
    page.get_by_role("button", name="Undo the last change").click()

    page.get_by_role("link", name="Title and languages").click()
    page.get_by_role("checkbox", name="Norsk bokmål").check()
    save(page)
    page.get_by_role("link", name="Translations").click()
    expect(page.get_by_text("texts are missing in Norsk bokmål")).to_be_visible()
    page.get_by_role("textbox", name="How many came?").fill("Hvor mange kom?")
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_role("status")).to_contain_text("1 text is saved.")
    page.get_by_role("link", name="Back to").click()

    page.get_by_role("link", name="Try it out").click()
    page.get_by_role("link", name="Norsk bokmål").click()
    page.get_by_label("Hvor mange kom?").fill("30")
    page.locator("[name='q-who_came.pupils.under_12']").fill("12")
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_text("The table does not add up to 30.").first).to_be_visible()
    page.locator("[name='q-who_came.parents.12_and_over']").fill("18")
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_text("Nothing to object to")).to_be_visible()
    page.get_by_role("link", name="Back to").click()

    page.get_by_role("link", name="Use this version").click()
    expect(page.get_by_text(re.compile("Norsk bokmål: .* texts are missing"))).to_be_visible()
    page.get_by_role("button", name="Use this version").click()
    expect(page.get_by_role("status")).to_contain_text("This version can be used now.")
    assert page.get_by_role("button", name="Take out").count() == 0


def test_the_screens_of_the_builder_pass_axe_and_fit_a_small_phone(
    staff_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = staff_page("data_officer", viewport={"width": 360, "height": 740})

    def look() -> None:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url

    for address in ("", "/new", "/import"):
        page.goto(f"{havn_server.url}/en/desk/forms{address}")
        look()
    page.goto(f"{havn_server.url}/en/desk/forms")
    page.get_by_role("link", name="Visits to schools").first.click()
    look()
    draft = page.url
    for address in ("/settings", "/sections/klasser", "/questions/hva", "/questions/stemning", "/values/alle_elever",
                    "/checks/new", "/sections/dagen/questions/new", "/sections/dagen/questions/new?type=matrix",
                    "/translations?to=en", "/preview", "/freeze", "/delete"):  # fmt: skip
        page.goto(draft + address)
        look()
