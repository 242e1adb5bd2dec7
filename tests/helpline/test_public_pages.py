"""The child's pages as Django shows them: what stands on them, and who is led where."""

import pytest
from django.conf import settings
from django.test import Client

from havn.common.clock import now_ms
from havn.helpline.actions import visits
from havn.helpline.actions.ending import finish, locked
from havn.helpline.models import Turn
from havn.live import api as live
from tests.helpline.factories import make_line
from tests.helpline.public import make_visitor

pytestmark = pytest.mark.django_db
VISIT_PAGES = (
    "/chat/waiting", "/chat/talk", "/chat/write", "/chat/copy", "/chat/keep", "/chat/danger", "/chat/leave",
    "/chat/end", "/chat/ended", "/chat/delete", "/letter/sent", "/letter/read", "/letter/again",
)  # fmt: skip


def test_the_start_page_asks_only_for_language_name_age_and_danger() -> None:
    make_line()
    html = Client().get("/chat").content.decode()
    for field in ("language", "name", "age_band", "in_danger"):
        assert f'name="{field}"' in html
    assert "What you tell us stays with us" in html
    assert "An example" in html
    assert 'type="email"' not in html
    assert 'type="tel"' not in html


def test_the_start_page_sets_no_cookie_and_may_not_be_kept() -> None:
    make_line()
    response = Client().get("/chat")
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_closed_chat_says_when_it_opens_and_offers_the_letter() -> None:
    line = make_line()
    line.service.channel_settings.filter(channel="chat").update(always_open=False)
    line.service.opening_rules.create(channel="chat", weekday=0, opens="14:00", closes="14:01")
    html = Client().get("/chat").content.decode()
    assert "The chat is closed now" in html
    assert "14:00" in html
    assert 'href="/letter"' in html
    assert "/live/start" not in html


@pytest.mark.parametrize("path", VISIT_PAGES)
def test_without_a_visit_every_page_of_one_leads_to_the_return_code(path: str) -> None:
    make_line()
    response = Client().get(path)
    assert (response.status_code, response.headers["Location"]) == (302, "/chat/code?over=1")


@pytest.mark.parametrize("path", VISIT_PAGES)
def test_a_visit_to_another_centre_opens_nothing_here(path: str) -> None:
    line = make_line(centre_fields={"host": "elsewhere.test"})
    make_line()
    visitor = make_visitor(line)
    response = visitor.client.get(path)
    assert response.headers["Location"] == "/chat/code?over=1"


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é" * 43, "../../etc", "A" * 5000])
def test_a_forged_cookie_is_no_cookie(token: str) -> None:
    make_line()
    client = Client()
    client.cookies[settings.VISITOR_COOKIE_NAME] = token.encode("latin-1", "replace").decode("latin-1")
    assert client.get("/chat/talk").status_code == 302


def test_the_waiting_room_says_the_place_and_hides_the_code() -> None:
    line = make_line()
    line.counsellor()
    line.child(waited_minutes=5)
    visitor = make_visitor(line)
    html = visitor.page("/chat/waiting")
    assert "You are number 2" in html
    assert visitor.started.code not in html
    assert "<title>Waiting</title>" in html


def test_whoever_stands_elsewhere_in_the_talk_is_led_there() -> None:
    line = make_line()
    anna = line.counsellor()
    visitor = make_visitor(line)
    assert visitor.leads_to("/chat/talk") == "/chat/waiting"
    line.take(anna)
    assert visitor.leads_to("/chat/waiting") == "/chat/talk"
    assert visitor.leads_to("/chat/ended") == "/chat/talk"
    finish(locked(visitor.turn.pk), by="counsellor", key=visitor.started.key, now_ms=now_ms())
    assert visitor.leads_to("/chat/waiting") == "/chat/ended"
    assert visitor.leads_to("/chat/write") == "/chat/ended"


def test_the_talk_shows_the_shown_name_and_never_the_real_one() -> None:
    line = make_line()
    anna = line.counsellor(name="Anna Andersen", shown_name="Mia")
    visitor = make_visitor(line)
    line.take(anna)
    html = visitor.page("/chat/talk")
    assert "You are writing with Mia" in html
    assert "Andersen" not in html
    assert anna.user.username not in html
    assert f'"{anna.pk}"' not in html


def test_addresses_that_a_child_or_a_counsellor_writes_are_no_links() -> None:
    line = make_line()
    visitor = make_visitor(line)
    line.take(line.counsellor())
    say(visitor, "look https://example.com/x and www.example.com")
    html = visitor.page("/chat/talk")
    assert "https://example.com/x" in html
    assert 'href="https://example.com' not in html


def test_a_page_from_the_centres_list_is_a_link() -> None:
    line = make_line()
    visitor = make_visitor(line)
    line.take(line.counsellor())
    live.append_event(visitor.turn.pk, visitor.started.key, "link", title="Sleep well", url="https://example.org/sleep")
    html = visitor.page("/chat/talk")
    assert 'href="https://example.org/sleep"' in html
    assert 'rel="noopener noreferrer"' in html
    assert "Sleep well" in html


def test_what_is_for_staff_alone_is_not_on_the_childs_page() -> None:
    line = make_line()
    visitor = make_visitor(line)
    line.take(line.counsellor())
    live.append_event(visitor.turn.pk, visitor.started.key, "left-quickly")
    live.append(
        conversation_id=visitor.turn.pk, key=visitor.started.key, author="staff", kind="note", text="SECRET-NOTE"
    )
    html = visitor.page("/chat/talk")
    assert "SECRET-NOTE" not in html
    assert "quickly" not in html
    viewer = live.Viewer(visitor.started.participant_id, "visitor")
    seen = live.messages(conversation_id=visitor.turn.pk, key=visitor.started.key, viewer=viewer)
    assert [one.code for one in seen] == ["joined"]


def test_html_that_somebody_writes_is_only_text() -> None:
    line = make_line()
    visitor = make_visitor(line)
    line.take(line.counsellor())
    say(visitor, "<script>alert(1)</script>")
    html = visitor.page("/chat/talk")
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;" in html


def test_the_reading_page_without_script_refreshes_only_by_choice_and_has_no_field() -> None:
    line = make_line()
    visitor = make_visitor(line)
    line.take(line.counsellor())
    assert 'http-equiv="refresh"' not in visitor.page("/chat/talk")
    chosen = visitor.page("/chat/talk?refresh=30")
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in chosen
    assert 'http-equiv="refresh"' not in visitor.page("/chat/talk?refresh=1")
    outside = without_templates(chosen)
    assert "<textarea" not in outside
    assert '<input type="text"' not in outside
    assert 'http-equiv="refresh"' not in visitor.page("/chat/write?refresh=30")


def test_reading_the_page_tells_the_counsellor_that_it_was_read() -> None:
    line = make_line()
    anna = line.counsellor()
    visitor = make_visitor(line)
    line.take(anna)
    stored = live.append(
        conversation_id=visitor.turn.pk, key=visitor.started.key, author="staff", kind="text", text="Hello"
    )
    visitor.page("/chat/talk")
    participant = visitor.turn.conversation.participants.get(role="visitor")
    assert participant.read_up_to == stored.seq


def test_the_code_is_shown_when_asked_for_and_not_before() -> None:
    line = make_line()
    visitor = make_visitor(line)
    groups = visitor.started.code.split("-")
    html = visitor.page("/chat/keep")
    assert all(f">{group}<" in html for group in groups)
    assert len(groups) == 5


def test_a_letter_shows_its_code_and_is_read_again_with_it() -> None:
    line = make_line()
    visitor = make_visitor(line, "letter", letter="Dear you,\nI am sad.")
    assert visitor.started.code.split("-")[0] in visitor.page("/letter/sent")
    assert "I am sad." in visitor.page("/letter/read")
    assert "Nobody has answered yet" in visitor.page("/letter/read")
    live.append(conversation_id=visitor.turn.pk, key=visitor.started.key, author="staff", kind="text", text="Dear you")
    assert "Nobody has answered yet" not in visitor.page("/letter/read")
    assert visitor.leads_to("/chat/talk") == "/letter/read"


def test_danger_keeps_a_talk_from_being_deleted_and_says_why() -> None:
    line = make_line()
    visitor = make_visitor(line, in_danger=True)
    html = visitor.page("/chat/delete")
    assert "we want to be sure that help comes" in html
    assert "/live/delete" not in html
    visits.say_danger(conversation_id=visitor.turn.pk, key=visitor.started.key, on=False)
    assert "/live/delete" in visitor.page("/chat/delete")


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("visitor", "The talk has ended"),
        ("counsellor", "The talk has ended"),
        ("silence", "The talk is closed for now"),
        ("closing", "We have closed for today"),
    ],
)
def test_the_last_page_is_kind_whoever_ended_the_talk(by: str, words: str) -> None:
    line = make_line()
    visitor = make_visitor(line)
    line.take(line.counsellor())
    finish(locked(visitor.turn.pk), by=by, key=visitor.started.key, now_ms=now_ms())
    html = visitor.page("/chat/ended")
    assert words in html
    assert "Show my return code" in html
    assert visitor.started.code not in html


def test_after_quick_exit_every_public_page_is_blank_and_offers_only_one_button() -> None:
    make_line()
    client = Client()
    client.cookies[settings.LEFT_COOKIE_NAME] = "1"
    for path in ("/", "/chat", "/letter", "/privacy", "/chat/code", "/nb/chat", "/nothing-here"):
        html = client.get(path).content.decode()
        assert html.count("<button") == 1
        assert len(html) < 1200
        for word in ("Centre", "chat with", "Helpline", "help", "letter</"):
            assert word not in html, f"{word} at {path}"


def test_after_quick_exit_staff_pages_are_as_ever() -> None:
    make_line()
    client = Client()
    client.cookies[settings.LEFT_COOKIE_NAME] = "1"
    assert "/live/open" not in client.get("/desk", follow=True).content.decode()


def test_titles_and_icon_are_neutral_and_the_browser_is_asked_to_stay_quiet() -> None:
    line = make_line()
    visitor = make_visitor(line)
    assert "<title>Start</title>" in visitor.page("/chat")
    assert "<title>Waiting</title>" in visitor.page("/chat/waiting")
    line.take(line.counsellor())
    html = visitor.page("/chat/talk")
    assert "<title>Writing</title>" in html
    assert "neutral" in html.partition('rel="icon"')[2][:120]
    for asked in ('translate="no"', 'autocomplete="off"', 'spellcheck="false"'):
        assert asked in html.partition("<textarea")[2].partition(">")[0]


def test_quick_exit_is_the_first_thing_the_tab_key_reaches_on_every_page() -> None:
    line = make_line()
    visitor = make_visitor(line)
    for path in ("/chat", "/chat/waiting", "/chat/keep", "/chat/danger", "/chat/code", "/letter"):
        body = visitor.page(path).partition("<body")[2]
        first = min(position for tag in ("<a ", "<button", "<input") if (position := body.find(tag)) > 0)
        assert "/exit" in body[first : first + 200], path


def test_an_unwanted_code_is_not_shown_any_more() -> None:
    line = make_line()
    visitor = make_visitor(line)
    live.code_unwanted(visitor.turn.pk)
    html = visitor.page("/chat/keep")
    assert visitor.started.code.split("-")[0] not in html
    assert "I want the code after all" in html


def test_a_turn_that_is_gone_leads_to_the_return_code() -> None:
    visitor = make_visitor(make_line())
    Turn.objects.all().delete()
    assert visitor.leads_to("/chat/waiting") == "/chat/code?over=1"


def say(visitor, text: str) -> None:  # type: ignore[no-untyped-def]
    live.append(
        conversation_id=visitor.turn.pk,
        key=visitor.started.key,
        author="visitor",
        kind="text",
        text=text,
        participant_id=visitor.started.participant_id,
    )


def without_templates(html: str) -> str:
    """What a browser without script shows: no templates."""
    parts = html.split("<template")
    return parts[0] + "".join(part.partition("</template>")[2] for part in parts[1:])
