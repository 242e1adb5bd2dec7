"""T3, on an installation that is no demo: a full copy opens nothing by itself; a member's password opens the talks; a
member who was removed opens nothing new, whatever was copied before."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.exposure.conftest import Story
from tests.exposure.markers import marker
from tests.exposure.story import CHILD_ADDRESS, Person, start_chat
from tests.server import ROOT

pytestmark = pytest.mark.slow


def test_a_full_copy_opens_nothing_without_a_password_and_a_removed_member_nothing_new(
    story: Story, tmp_path: Path
) -> None:
    # No session is alive any more: everybody has gone home.
    for visitor in (story.child, story.writer):
        assert visitor.post("/live/done").status_code == 303
    for person in (story.anna, story.boss):
        answer = person.submit(person.get("/desk/account"), "/desk/sign-out")
        assert answer.status_code == 302
    tables = story.home.tables()
    assert tables["table accounts_staffsession"] == b""
    assert tables["table live_visitorsession"] == b""

    # The copy, and the thief who knows our code.
    copy = tmp_path / "copy"
    shutil.copytree(story.home.server.data, copy, ignore=shutil.ignore_patterns("*.sock", "reserve"))
    alone = _thief(story, copy, "without")
    assert alone["messages"] >= len(story.texts)
    assert alone["tried"] > 50
    assert alone["opened"] == 0

    # One member's password.
    with_password = _thief(story, copy, "with", username="anna", password=story.home.anna_password)
    assert set(story.texts) <= set(with_password["texts"])

    # That member is removed by a colleague; the helpline's key changes with it.
    boss = Person(story.home.url, CHILD_ADDRESS, {})
    _sign_in_again(boss, story)
    address = f"/desk/members/{with_password['organisation']}/{with_password['user']}"
    answer = boss.submit(boss.get(f"{address}/remove"), f"{address}/remove")
    assert answer.status_code == 302, answer.text[:500]

    # Another child says something new.
    child, secret = Person(story.home.url, CHILD_ADDRESS, {}), marker("something new")
    start_chat(child)
    assert child.post("/live/message", {"text": secret.text}, headers={"Accept": "application/json"}).status_code == 200

    # The removed member, with the private key from the first copy and everything from a second one.
    later = tmp_path / "later"
    shutil.copytree(story.home.server.data, later, ignore=shutil.ignore_patterns("*.sock", "reserve"))
    removed = _thief(story, later, "with", username="anna", private=with_password["private"])
    assert removed["texts"] == []
    assert removed["closed"] >= 2
    stays = _thief(story, later, "with", username="boss", password=story.home.boss_password)
    assert secret.text in stays["texts"]


def _sign_in_again(person: Person, story: Story) -> None:
    page = person.get("/desk/sign-in")
    person.submit(page, "/desk/sign-in", username="boss", password=story.home.boss_password)
    page = person.get("/desk/sign-in/second-step")
    answer = person.submit(page, "/desk/sign-in/second-step", code=story.boss_recovery_code)
    assert answer.status_code == 302, answer.text[:500]


def _thief(story: Story, copy: Path, what: str, **wish: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.exposure.thief", what],
        env={**story.home.server.environment, "HAVN_DATA": str(copy)},
        cwd=ROOT,
        input=json.dumps(wish).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found
