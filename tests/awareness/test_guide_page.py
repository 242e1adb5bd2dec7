"""Guides: what it is at a glance, ways to what one came for, and steps that are numbered through."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from havn.awareness.models import CentreSite, GuidePage, Picture
from tests.awareness.factories import make_listing, make_site
from tests.awareness.test_campaign_page import publish
from tests.awareness.test_public_files import photograph

pytestmark = pytest.mark.django_db


def steps(*words: str, title: str = "") -> tuple[str, dict[str, Any]]:
    """A block of steps."""
    return ("steps", {"title": title, "steps": [f"<p>{one}</p>" for one in words]})


def make_guide(**values: Any) -> GuidePage:
    """A published guide in English."""
    listing = make_listing(make_site(), "en", title="Learn", slug="learn")
    values = {"title": "A console", "slug": "console", "as_of": dt.date(2026, 3, 1), **values}
    page: GuidePage = publish(listing, GuidePage(**values))
    return page


def read() -> str:
    text = Client(headers={"host": "testserver"}).get("/en/learn/console").content.decode()
    return html.unescape(text.split("<article")[1].split("</article>")[0])


def test_it_says_at_a_glance_what_it_is_and_keeps_the_makers_age_apart_from_the_label() -> None:
    make_guide(
        subject="console", maker="Some Maker", tested_version="19.0", minimum_age=13, age_label="PEGI 7",
        official_help="https://www.maker.example/help",
    )  # fmt: skip
    text = read()
    glance = dict(re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", text))
    assert glance == {
        "What it is": "Games console",
        "Who makes it": "Some Maker",
        "Version looked at": "19.0",
        "Lowest age by its own terms": "13 years",
        "Age label": "PEGI 7",
    }
    assert "They need not be the same" in text
    assert "Looked at on 1 March 2026" in text
    assert "The maker's own help at maker.example (leads away from here)" in text
    assert '/directory">' in text


def test_every_part_that_says_something_is_one_press_away_and_no_other() -> None:
    make_guide(parental_controls=[steps("Turn it on.")], reporting=[("words", "<p>Tell its maker.</p>")])
    text = read()
    ways = re.findall(r'href="#([^"]+)"', text)
    assert ways == ["parental-controls", "how-to-report"]
    assert all(f'id="{way}"' in text for way in ways)
    assert "How to block" not in text


def test_steps_go_on_counting_after_a_picture_and_begin_anew_under_a_title() -> None:
    guide = make_guide()
    collection = CentreSite.objects.get(centre=guide.centre).collection
    file = ContentFile(photograph("PNG"), name="screen.png")
    picture = Picture.objects.create(title="Screen", file=file, collection=collection, width=40, height=20)
    shown = ("picture", {"picture": picture, "alternative": "The menu", "decoration": False, "caption": ""})
    guide.privacy = [steps("One.", "Two.", title="At home"), shown, steps("Three."), steps("First.", title="Away")]
    guide.save_revision().publish()
    text = read()
    assert re.findall(r'<ol class="guide__steps"([^>]*)>', text) == ["", ' start="3"', ""]
    assert [text.index(words) for words in ("At home", "Two.", 'alt="The menu"', "Three.", "Away", "First.")] == sorted(
        text.index(words) for words in ("At home", "Two.", 'alt="The menu"', "Three.", "Away", "First.")
    )


@pytest.mark.parametrize(("today", "old"), [("2027-03-01", False), ("2027-03-02", True)])
def test_what_was_looked_at_more_than_twelve_months_ago_says_so(today: str, old: bool, time_machine: Any) -> None:
    make_guide(privacy=[steps("One.")])
    time_machine.move_to(dt.datetime.fromisoformat(f"{today}T12:00:00+00:00"), tick=False)
    assert ("more than a year ago" in read()) is old
