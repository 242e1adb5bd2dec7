"""`havn demo children`: a person who tries the desk alone has somebody to talk with."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from havn.config.demo.stories import STORIES
from tests.journeys.story import counsellor_says, go_on_duty, take_next
from tests.server import ROOT, Server

# The command as it is, with one story that the demo's counsellor surely speaks instead of a random one.
_PLAY = """
import sys
from havn.config.command import main
from havn.config.demo import children
children.STORIES = children.STORIES[:1]
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def child(havn_server: Server, tmp_path: Path) -> Iterator[Path]:
    """One child comes. Gives the file with what the command prints."""
    said = tmp_path / "said.txt"
    words = ["demo", "--port", str(havn_server.port), "children", "--count", "1", "--minutes", "0.01"]
    with said.open("w") as file:
        running = subprocess.Popen(
            [sys.executable, "-c", _PLAY, *words], cwd=ROOT, env=havn_server.environment, stdout=file, stderr=file
        )
    yield said
    running.kill()
    running.wait()


def test_an_invented_child_waits_talks_and_answers(
    staff_page: Callable[..., Page], havn_server: Server, child: Path
) -> None:
    desk = staff_page("counsellor")
    go_on_duty(desk, havn_server.url)
    expect(desk.locator("[data-next] button")).to_be_enabled(timeout=20_000)
    take_next(desk)
    thread = desk.locator("#desk-thread")
    expect(thread.get_by_text(STORIES[0].lines[0], exact=True)).to_be_visible(timeout=20_000)
    counsellor_says(desk, "Hello, I am here. What happened?")
    expect(thread.get_by_text(STORIES[0].lines[1])).to_be_visible(timeout=30_000)
    # It is stored, not only passed on.
    desk.reload()
    expect(thread.get_by_text(STORIES[0].lines[1])).to_be_visible()
    assert "1 child is coming" in child.read_text()
    assert f"child 1 ({STORIES[0].name}) is talking" in child.read_text()


def test_without_a_demo_it_says_in_one_sentence_what_to_do(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "havn", "demo", "--port", "9", "children"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "Start it first: havn demo" in ended.stderr
    assert ended.stderr.count("\n") == 1
