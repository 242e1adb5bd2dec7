"""A factsheet is imported; a data officer follows it up with evidence, and takes it out as Word and HTML."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from havn.recommendations.actions.rounds import DATA
from havn.recommendations.rules.factsheet.asks import counts_of
from havn.recommendations.rules.factsheet.markdown import read
from havn.recommendations.uploading import markdown_of_file
from tests.browser import Watch
from tests.server import Server

SAID = "All volunteers learn about threats with images before their first duty."


def of_another_country(folder: Path) -> Path:
    """The published factsheet with another country in its title: that on Norway is in the demo already."""
    text = (DATA / "lanzarote-norway-factsheet.md").read_text().replace("FACTSHEET – NORWAY", "FACTSHEET – DENMARK")
    made = folder / "denmark.md"
    made.write_text(text)
    return made


def taken(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as begun:
        page.get_by_role("link", name=name, exact=True).click()
    return begun.value.suggested_filename, begun.value.path().read_bytes()


def test_from_the_file_to_follow_up_with_evidence_and_out_again(
    staff_page: Callable[..., Page], havn_server: Server, tmp_path: Path, axe: Callable[..., None], watch: Watch
) -> None:
    watch.allow("status of 422")
    network_url = havn_server.url.replace("localhost", "network.localhost").replace("127.0.0.1", "network.localhost")
    denmark_url = havn_server.url.replace("localhost", "127.0.0.1")
    network = staff_page("coordinator", url=network_url, java_script_enabled=False)
    network.goto(f"{network_url}/en/desk/recommendations/import")
    network.get_by_label("Country").select_option("Denmark")
    network.get_by_role("button", name="Show what it says").click()
    expect(network.get_by_text("Choose a file first.")).to_be_visible()
    network.get_by_label("Country").select_option("Denmark")
    network.get_by_label("The file").set_input_files(of_another_country(tmp_path))
    network.get_by_role("button", name="Show what it says").click()
    expect(network.get_by_role("heading", name="What the file says")).to_be_visible()
    for name, number in (("Footnotes", "109"), ("Different recommendations", "72"), ("Asks", "60"),
                         ("Boxes for follow-up", "12, empty: 1")):  # fmt: skip
        row = network.locator("dl div", has=network.get_by_text(name, exact=True))
        expect(row.locator("dd")).to_have_text(number)
    network.get_by_role("button", name="Store the factsheet").click()
    expect(network.get_by_role("status")).to_contain_text("The factsheet is stored.")

    officer = staff_page("data_officer", url=denmark_url)
    officer.goto(f"{denmark_url}/en/desk/recommendations")
    axe(officer)
    officer.get_by_role("link", name="Denmark", exact=True).click()
    axe(officer)
    before = read(markdown_of_file(*taken(officer, "Markdown"))).document
    assert read(markdown_of_file(*taken(officer, "HTML"))).document == before
    assert read(markdown_of_file(*taken(officer, "Word"))).document == before
    officer.get_by_role("link", name=re.compile(r"^VI\. Assistance")).click()
    axe(officer)
    officer.get_by_role("link", name="Write follow-up to VI-2").click()
    axe(officer)
    officer.get_by_label("What was done").fill(SAID)
    officer.get_by_label("Status").select_option(label="◑ Under way")
    officer.get_by_label("Responsible body").fill("Red Barnet")
    officer.get_by_role("button", name="Save the draft").click()
    expect(officer.get_by_role("status")).to_contain_text("The draft is saved.")
    officer.get_by_label("What it is").fill("The programme of the course")
    officer.get_by_label("Or a link").fill("https://files.example/course.pdf")
    officer.get_by_role("button", name="Add", exact=True).click()
    expect(officer.get_by_role("link", name="The programme of the course")).to_be_visible()
    axe(officer)
    thing = officer.get_by_label("Something in Havn").locator("optgroup option").first
    title = (thing.text_content() or "").strip()
    officer.get_by_label("Something in Havn").select_option(value=thing.get_attribute("value"))
    officer.get_by_role("button", name="Add", exact=True).click()
    expect(officer.get_by_role("status")).to_contain_text("The evidence is added.")
    expect(officer.get_by_role("listitem").get_by_role("link", name=title, exact=True)).to_be_visible()
    officer.get_by_role("button", name="Ask for validation").click()
    expect(officer.get_by_text("Somebody else of your centre validates it.")).to_be_visible()

    colleague = staff_page("coordinator", url=denmark_url, viewport={"width": 360, "height": 740})
    colleague.goto(officer.url)
    colleague.get_by_role("button", name="Validate", exact=True).click()
    axe(colleague)
    assert colleague.evaluate("document.documentElement.scrollWidth") <= 360
    colleague.goto(f"{denmark_url}/en/desk/recommendations/matrix")
    axe(colleague)
    assert colleague.evaluate("document.documentElement.scrollWidth") <= 360

    officer.goto(f"{denmark_url}/en/desk/recommendations")
    officer.get_by_role("link", name="Denmark", exact=True).click()
    name, content = taken(officer, "PDF")
    assert name.endswith(".pdf") and content.startswith(b"%PDF-") and b"%%EOF" in content[-1_024:]
    for name in ("Word", "HTML"):
        document = read(markdown_of_file(*taken(officer, name))).document
        assert counts_of(document).follow_up_boxes == 13
        box = next(block for block in document.chapters[5].blocks if block.kind == "follow-up")
        assert [block.text for block in box.children][1:] == [
            SAID, "What shows it:", "The programme of the course: <https://files.example/course.pdf>", title
        ]  # fmt: skip
        assert "Status: Under way. Responsible body: Red Barnet." in box.children[0].text


def test_the_public_pages_pass_axe_and_fit_a_small_phone(
    new_page: Callable[..., Page], havn_server: Server, axe: Callable[..., None]
) -> None:
    page = new_page(viewport={"width": 320, "height": 700}, java_script_enabled=True)
    country = "/en/recommendations/lanzarote-2/countries/norway"
    for address in ("/en/recommendations?words=helplines", country, f"{country}/chapters/II", f"{country}/chapters/VI",
                    "/en/recommendations/lanzarote-2/VI-2"):  # fmt: skip
        page.goto(havn_server.url + address)
        assert page.get_by_role("heading", level=1).count() == 1
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
