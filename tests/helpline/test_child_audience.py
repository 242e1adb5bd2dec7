"""A parent or a teacher gets words of their own, and what they write goes to the people who answer them."""

import re
from typing import Any

import httpx
import pytest
from django.test import Client

from havn.centres.models import ContactPoint
from havn.helpline.models import Turn
from havn.helpline.queries.visits import door_for
from tests.helpline.factories import Line, make_line
from tests.helpline.live_line import in_live
from tests.helpline.public import make_visitor
from tests.helpline.test_public_endpoints import start_fields

pytestmark = pytest.mark.usefixtures("real_transactions")


@pytest.fixture
def children(real_transactions: None) -> Line:
    return make_line()


@pytest.fixture
def parents(children: Line) -> Line:
    """A line for parents at the same centre, with letters of its own."""
    line = make_line(centre_fields={"host": None}, audience="parents")
    line.service.organisation = children.service.organisation
    line.service.save()
    return line


def shown(path: str) -> str:
    """What stands in the middle of a page."""
    return Client().get(path).content.decode().partition("<main")[2].partition("</main>")[0]


def without_letters(line: Line) -> None:
    ContactPoint.objects.filter(service=line.service, channel="letter").delete()


def test_a_parent_is_not_spoken_to_as_a_child(parents: Line) -> None:
    html = shown(f"/chat?service={parents.service.slug}")
    for childish in (
        "You write with a grown-up",
        "How old are you",
        'name="age_band"',
        "I'm in danger now",
        "Sam writes",
    ):
        assert childish not in html
    for own in (
        "someone who knows what children meet online",
        "A child is in danger now",
        "Is a child in danger",
        "A father writes",
    ):
        assert own in html


def test_a_child_is_spoken_to_as_a_child(parents: Line) -> None:
    html = shown("/chat")
    assert "You write with a grown-up" in html
    assert 'name="age_band"' in html
    assert "A father writes" not in html


def test_the_pages_of_a_talk_speak_to_the_grown_up_too(parents: Line) -> None:
    visitor = make_visitor(parents, in_danger=True)
    waiting = visitor.page("/chat/waiting")
    assert "A child is in danger now" in waiting
    assert "I worry about a child" in waiting
    danger = visitor.page("/chat/danger")
    assert "If a child is in danger now" in danger
    assert "Go to a grown-up you trust" not in danger
    assert "You told us that a child is in danger now" in visitor.page("/chat/copy")


def test_every_way_to_a_letter_leads_to_the_same_people(parents: Line) -> None:
    address = f"/letter?service={parents.service.slug}"
    assert f'href="{address}"' in shown(f"/chat?service={parents.service.slug}")
    assert f'href="{address}"' in make_visitor(parents).page("/chat/waiting")
    assert f'name="service" value="{parents.service.slug}"' in shown(address)
    assert 'href="/letter"' in shown("/chat")


def test_a_parents_letter_is_sealed_to_those_who_answer_parents(parents: Line) -> None:
    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/letter", start_fields(parents, text="My daughter does not sleep."))

    assert in_live(work).headers["location"] == "/en/letter/sent"
    assert Turn.objects.get().service_id == parents.service.pk


def test_where_nobody_answers_parents_letters_none_is_offered_and_none_goes_to_the_childrens_team(
    children: Line, parents: Line
) -> None:
    without_letters(parents)
    assert "letter?service" not in shown(f"/chat?service={parents.service.slug}")
    assert "/letter" not in make_visitor(parents).page("/chat/waiting").partition("<template")[0]
    assert "Nobody answers letters here" in shown(f"/letter?service={parents.service.slug}")
    assert door_for(children.service.organisation.centre, "letter", parents.service.slug) is None

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/letter", start_fields(parents, text="My daughter does not sleep."))

    assert in_live(work).status_code == 404
    assert not Turn.objects.filter(channel="letter").exists()


def test_another_service_for_the_same_audience_answers_the_letters(children: Line, parents: Line) -> None:
    without_letters(parents)
    other = make_line(centre_fields={"host": None}, audience="parents")
    other.service.organisation = children.service.organisation
    other.service.save()
    html = make_visitor(parents).page("/chat/waiting")
    # The first for parents at this centre is the usual one of nobody: its name stands in the address.
    assert re.search(rf'href="/letter\?service={other.service.slug}"', html)


def test_a_child_is_never_led_to_a_line_for_grown_ups(children: Line, parents: Line) -> None:
    for channel in ("chat", "letter"):
        ContactPoint.objects.filter(service=children.service, channel=channel).delete()
        assert door_for(children.service.organisation.centre, channel) is None
    assert "/live/start" not in shown("/chat")
