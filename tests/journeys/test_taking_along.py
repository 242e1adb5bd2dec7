"""Taking a page along: a pack that opens without a network, and the numbers that an editor sees of it afterwards."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.server import Server

PAGE = "/en/learn/who-sees-what"


def test_a_teacher_takes_a_lesson_along_and_an_editor_sees_how_often(
    new_context: Callable[..., BrowserContext],
    staff_page: Callable[..., Page],
    havn_server: Server,
    tmp_path: Path,
    axe: Callable[..., None],
) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    for _ in range(3):
        page.goto(f"{havn_server.url}{PAGE}")
    title = page.get_by_role("heading", level=1).inner_text()
    packed = page.request.get(f"{havn_server.url}{PAGE}/pack.zip")
    assert packed.headers["content-disposition"].startswith("attachment")
    assert "x-havn-count" not in packed.headers
    with zipfile.ZipFile(io.BytesIO(packed.body())) as pack:
        pack.extractall(tmp_path)
    for width, scheme in ((320, "dark"), (1280, "light")):
        away = new_context(offline=True, viewport={"width": width, "height": 700}, color_scheme=scheme).new_page()
        away.goto((tmp_path / "index.html").as_uri())
        expect(away.get_by_role("heading", level=1)).to_have_text(title)
        axe(away)
        for name in ("Lesson", "Easy to read"):
            away.get_by_role("navigation", name="In this pack").get_by_role("link", name=name).click()
            expect(away.get_by_role("heading", level=1)).to_have_text(title)
            axe(away)
            assert away.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
            assert away.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    editor = staff_page("editor")
    # The front door hands over every five seconds, and what it handed over is written every half minute.
    deadline = time.monotonic() + 90
    row = editor.get_by_role("row").filter(has=editor.get_by_role("rowheader", name=title))
    while True:
        editor.goto(f"{havn_server.url}/en/desk/pages/uses")
        if row.count():
            break
        assert time.monotonic() < deadline
        editor.wait_for_timeout(2000)
    cells = row.get_by_role("cell").all_inner_texts()
    opened, packs = int(cells[2]), int(cells[7])
    assert opened >= 3
    assert packs >= 1
    axe(editor)
