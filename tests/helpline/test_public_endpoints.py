"""What a child's browser posts: one start for each press, nothing lost, nobody let in with a wrong code."""

import asyncio
import re
from typing import Any

import httpx
import pytest
from django.conf import settings

from havn.helpline.endpoints import presses
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Contact, Turn
from havn.live import reserve
from havn.live.models import Conversation, Message, ReturnCode, VisitorSession
from tests.helpline.factories import Line, make_line
from tests.helpline.live_line import NO_SCRIPT, Browser, in_live
from tests.helpline.public import Visitor, make_visitor
from tests.live.rig import aside

pytestmark = pytest.mark.usefixtures("real_transactions")
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}")


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


def start_fields(line: Line, **fields: str) -> dict[str, str]:
    return {"service": line.service.slug, "language": "en", "once": fresh_once(), **fields}


def cookies_of(visitor: Visitor) -> dict[str, str]:
    return {settings.VISITOR_COOKIE_NAME: visitor.started.token or ""}


def test_a_start_stores_conversation_turn_code_and_session_and_sets_a_shy_cookie(line: Line) -> None:
    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, name="Kim", age_band="12-14", in_danger="1"))

    answer = in_live(work)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/chat/waiting")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    assert "expires" not in cookie.lower()
    turn = Turn.objects.get()
    assert (turn.state, turn.language, turn.age_band, turn.in_danger) == ("waiting", "en", "12-14", True)
    assert b"Kim" not in bytes(turn.name_sealed)
    assert turn.name_sealed
    assert ReturnCode.objects.filter(conversation=turn.pk).exists()
    assert VisitorSession.objects.filter(conversation=turn.pk).exists()


def test_a_double_press_makes_one_conversation_and_both_answers_open_it(line: Line) -> None:
    fields = start_fields(line)

    async def work(browser: Any) -> list[httpx.Response]:
        return await asyncio.gather(*(browser().post("/live/start", fields) for _ in range(5)))

    answers = in_live(work)
    assert {answer.status_code for answer in answers} == {303}
    assert Turn.objects.count() == 1
    assert len({answer.headers["set-cookie"] for answer in answers}) == 1


def test_five_hundred_simultaneous_starts_are_all_stored(line: Line) -> None:
    async def work(browser: Any) -> list[int]:
        one: Browser = browser()
        answers = await asyncio.gather(*(one.post("/live/start", start_fields(line)) for _ in range(500)))
        return [answer.status_code for answer in answers]

    assert set(in_live(work)) == {303}
    assert Turn.objects.filter(state="waiting").count() == 500


def test_a_start_in_the_language_chosen_leads_to_pages_in_it(line: Line) -> None:
    async def work(browser: Any) -> list[httpx.Response]:
        return [
            await browser().post("/live/start", start_fields(line, language="nb")),
            await browser().post("/live/start", start_fields(line, language="xx")),
        ]

    norwegian, unknown = in_live(work)
    assert norwegian.headers["location"] == "/nb/chat/waiting"
    assert unknown.headers["location"] == "/en/chat/waiting"
    assert set(Turn.objects.values_list("language", flat=True)) == {"nb", "en"}


def test_a_closed_chat_starts_nothing_and_leads_back_to_the_page_that_says_why(line: Line) -> None:
    line.service.channel_settings.filter(channel="chat").update(always_open=False)

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line))

    answer = in_live(work)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/chat")
    assert not Turn.objects.exists()
    counted = Contact.objects.get()
    assert (counted.result, counted.channel, counted.language) == ("closed", "chat", "en")


def test_a_press_at_a_closed_chat_is_counted_once_and_what_is_no_press_never(line: Line) -> None:
    line.service.channel_settings.filter(channel="chat").update(always_open=False)
    fields = start_fields(line)

    async def work(browser: Any) -> list[httpx.Response]:
        sent = [fields, fields, fields | {"once": "short"}, {"service": line.service.slug}]
        return [await browser().post("/live/start", one) for one in sent]

    assert {answer.headers["location"] for answer in in_live(work)} == {"/en/chat"}
    assert Contact.objects.count() == 1


def test_on_a_full_disk_a_press_at_a_closed_chat_writes_nothing(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.service.channel_settings.filter(channel="chat").update(always_open=False)
    monkeypatch.setattr(reserve, "free_bytes", lambda: reserve.RESERVE_BYTES - 1)

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line))

    answer = in_live(work)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/chat")
    assert not Contact.objects.exists()


def test_presses_are_remembered_for_ten_minutes_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = presses.Presses()
    assert [seen.is_first(b"a", at) for at in (0, presses.KEPT_MS - 1, presses.KEPT_MS)] == [True, False, True]
    seen.forget(b"a")
    assert seen.is_first(b"a", presses.KEPT_MS)
    monkeypatch.setattr(presses, "MOST", 2)
    assert [seen.is_first(press, presses.KEPT_MS) for press in (b"b", b"c", b"c", b"a")] == [True, True, False, True]


def test_a_service_without_a_key_shows_the_form_again_with_everything_in_it(line: Line) -> None:
    line.service.team_keys.all().update(retired_at="2020-01-01T00:00Z")

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, name="Blue fox", age_band="9-11"))

    answer = in_live(work)
    if answer.status_code == 303:
        pytest.skip("A key remembered from the moment before still seals.")
    assert answer.status_code == 409
    assert 'value="Blue fox"' in answer.text
    assert "/live/start" in answer.text


def test_a_name_is_cut_and_put_on_one_line_and_nobody_is_refused_for_it(line: Line) -> None:
    name = "\u200b\x07A\n\n" + "🦊" * 200

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/start", start_fields(line, name=name, age_band="<script>", once="short"))

    assert in_live(work).status_code == 303
    assert Turn.objects.get().age_band == ""


def test_a_message_without_script_is_stored_once_and_leads_back_to_the_talk(line: Line) -> None:
    visitor = make_visitor(line)
    line.take(line.counsellor())
    fields = {"text": "I don't know", "client_id": "11111111-aaaa"}

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        return [await one.post("/live/write", fields, headers=NO_SCRIPT) for _ in range(2)]

    answers = in_live(work)
    assert {(a.status_code, a.headers["location"]) for a in answers} == {(303, "/en/chat/talk")}
    assert Message.objects.filter(conversation=visitor.turn.pk, author="visitor").count() == 1


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("w" * 5_000, True),
        ("w" * 5_001, False),
        ("w" * 10_000, False),
        ("\u200b\u200d \n", False),
        ("", False),
        ("🦊👩‍👩‍👧 ok", True),
        ("a\x00b\x07c", True),
    ],
)
def test_what_cannot_be_stored_comes_back_with_every_word(line: Line, text: str, stored: bool) -> None:
    visitor = make_visitor(line)
    line.take(line.counsellor())

    async def work(browser: Any) -> httpx.Response:
        return await browser(cookies=cookies_of(visitor)).post("/live/write", {"text": text})

    answer = in_live(work)
    assert answer.status_code == (303 if stored else 422)
    assert Message.objects.filter(conversation=visitor.turn.pk, author="visitor").exists() is stored
    if not stored:
        assert 'role="alert"' in answer.text
        assert text.strip().strip("\u200b\u200d") in answer.text
        assert answer.headers["content-type"].startswith("text/html")


def test_words_written_after_the_visit_closed_are_shown_again_and_not_lost(line: Line) -> None:
    make_visitor(line)

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/write", {"text": "Please keep this"})

    answer = in_live(work)
    assert answer.status_code == 401
    assert "Please keep this</textarea>" in answer.text


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("text/plain", b"text=hello", 415),
        ("application/x-www-form-urlencoded", b"text=%ff%fe", 400),
        ("application/json", b"{", 400),
        ("application/json", b'{"text": "\\ud800"}', 400),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 70_000, 413),
    ],
)
@pytest.mark.parametrize("path", ["/live/start", "/live/write", "/live/letter", "/live/come-back", "/live/open"])
def test_a_body_that_is_no_text_gets_a_clear_sentence(
    line: Line, path: str, kind: str, body: bytes, status: int
) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> httpx.Response:
        client = browser(cookies=cookies_of(visitor)).client
        headers = {"origin": "http://testserver", "content-type": kind}
        return await client.post(path, content=body, headers=headers)

    answer = in_live(work)
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert Turn.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {},
    ],
)
def test_a_post_from_another_site_changes_nothing(line: Line, headers: dict[str, str]) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> list[int]:
        client = browser(cookies=cookies_of(visitor)).client
        paths = ("/live/end", "/live/leave", "/live/delete", "/live/danger", "/live/done", "/live/start")
        return [(await client.post(path, data={"on": "1"}, headers=headers)).status_code for path in paths]

    assert set(in_live(work)) == {403}
    assert visitor.turn.state == "waiting"
    assert not visitor.turn.in_danger
    assert Turn.objects.count() == 1


def test_an_old_browser_that_says_nothing_is_let_in_by_its_form_token(line: Line) -> None:
    visitor = make_visitor(line)
    token = re.search(r'name="form_token" value="([^"]+)"', visitor.page("/chat/leave"))
    assert token

    async def work(browser: Any) -> httpx.Response:
        client = browser(cookies=cookies_of(visitor)).client
        return await client.post("/live/leave", data={"form_token": token[1], "lang": "en"})

    assert in_live(work).headers["location"] == "/en/chat/ended"
    assert visitor.turn.state == "left"


def test_the_code_opens_the_talk_in_a_second_browser_however_it_is_typed(line: Line) -> None:
    visitor = make_visitor(line)
    typed = visitor.started.code.lower().replace("-", "  ")

    async def work(browser: Any) -> tuple[httpx.Response, httpx.Response]:
        second: Browser = browser()
        answer = await second.post("/live/come-back", {"code": typed})
        return answer, await second.get("/live/here")

    answer, here = in_live(work)
    assert answer.headers["location"] == "/en/chat/waiting"
    assert here.status_code == 200


def test_wrong_expired_and_never_existing_codes_are_told_the_same(line: Line) -> None:
    visitor, gone = make_visitor(line), make_visitor(line)
    expired = gone.started.code
    Turn.objects.filter(pk=gone.turn.pk).delete()
    Conversation.objects.filter(pk=gone.started.conversation_id).delete()
    right = visitor.started.code
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")

    async def work(browser: Any) -> list[httpx.Response]:
        typed = (wrong, expired, "0000-0000-0000-0000-0000", "", "x", "not a code at all", "🦊" * 60)
        return [await browser().post("/live/come-back", {"code": code}) for code in typed]

    answers = in_live(work)
    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r'(form_token" value|\?t|name="code"[^>]* value)="?[^">]*', "", a.text) for a in answers}
    assert len(pages) == 1
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_a_code_of_another_centre_opens_nothing_here(line: Line) -> None:
    other = make_line(centre_fields={"host": "elsewhere.test"})
    visitor = make_visitor(other)
    sessions = VisitorSession.objects.count()

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/come-back", {"code": visitor.started.code})

    assert in_live(work).status_code == 404
    assert VisitorSession.objects.count() == sessions


def test_an_unwanted_code_is_destroyed_when_the_visit_is_closed_and_not_before(line: Line) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        answers = [await one.post("/live/code/unwanted"), await one.post("/live/code/wanted")]
        answers += [await one.post("/live/code/unwanted"), await one.post("/live/done")]
        return [*answers, await browser().post("/live/come-back", {"code": visitor.started.code})]

    *_, done, back = in_live(work)
    assert done.headers["location"] == "/en/chat/done"
    assert "Max-Age=0" in done.headers["set-cookie"]
    assert back.status_code == 404
    assert not ReturnCode.objects.filter(conversation=visitor.turn.pk).exists()


def test_done_closes_the_visit_and_the_code_still_opens_it(line: Line) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> list[int]:
        one: Browser = browser(cookies=cookies_of(visitor))
        await one.post("/live/done")
        later = browser(cookies=cookies_of(visitor))
        here = await later.get("/live/here")
        back = await browser().post("/live/come-back", {"code": visitor.started.code})
        return [here.status_code, back.status_code]

    assert in_live(work) == [401, 303]


def test_a_deleted_talk_is_gone_from_every_table_and_counted_without_a_name(line: Line) -> None:
    from havn.helpline.models import Contact

    visitor = make_visitor(line, name="Kim")
    pk = visitor.turn.pk

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        deleted = await one.post("/live/delete")
        return [deleted, await browser().post("/live/come-back", {"code": visitor.started.code})]

    deleted, back = in_live(work)
    assert deleted.headers["location"] == "/en/chat/deleted"
    assert back.status_code == 404
    for model in (Conversation, Turn, Message, ReturnCode, VisitorSession):
        field = {"Conversation": "pk", "Turn": "pk"}.get(model.__name__, "conversation")
        assert not model.objects.filter(**{field: pk}).exists(), model
    assert Contact.objects.count() == 1


def test_a_talk_with_open_danger_is_not_deleted_and_the_child_is_told_why(line: Line) -> None:
    visitor = make_visitor(line, in_danger=True)

    async def work(browser: Any) -> httpx.Response:
        return await browser(cookies=cookies_of(visitor)).post("/live/delete")

    answer = in_live(work)
    assert answer.status_code == 409
    assert "we want to be sure that help comes" in answer.text
    assert Turn.objects.filter(pk=visitor.turn.pk).exists()


def test_danger_is_said_and_taken_back_and_the_talk_tells_both(line: Line) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> None:
        one: Browser = browser(cookies=cookies_of(visitor))
        for on in ("1", "1", "0"):
            await one.post("/live/danger", {"on": on})

    in_live(work)
    assert not visitor.turn.in_danger
    html = visitor.page("/chat/copy")
    assert html.count("You told us that you are in danger now") == 1
    assert html.count("not in danger any more") == 1


def test_danger_taken_back_without_end_is_slowed_down_and_saying_it_never_is(line: Line) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> tuple[set[int], set[int]]:
        one: Browser = browser(cookies=cookies_of(visitor))
        said, taken_back = set(), set()
        presses: list[int] = []
        # A slow machine gives more back in the same number of presses.
        while 429 not in taken_back and len(presses) < 500:
            presses.append(1)
            said.add((await one.post("/live/danger", {"on": "1"})).status_code)
            taken_back.add((await one.post("/live/danger", {"on": "0"})).status_code)
        return said, taken_back

    said, taken_back = in_live(work)
    assert said == {303}
    assert 429 in taken_back


def test_a_finished_talk_can_go_back_in_line_with_everything_in_it(line: Line) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        return [await one.post("/live/leave"), await one.post("/live/again")]

    left, again = in_live(work)
    assert left.headers["location"] == "/en/chat/ended"
    assert again.headers["location"] == "/en/chat/waiting"
    turn = visitor.turn
    assert (turn.state, turn.counted, turn.ended_by) == ("waiting", False, "")
    assert Conversation.objects.get(pk=turn.pk).state == "waiting"


def test_feedback_is_one_of_three_and_kept(line: Line) -> None:
    visitor = make_visitor(line)
    line.take(line.counsellor())

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        await one.post("/live/end")
        return [await one.post("/live/feedback", {"value": value}) for value in ("3", "9", "<b>")]

    good, *bad = in_live(work)
    assert good.headers["location"] == "/en/chat/ended?thanks=1"
    assert {answer.status_code for answer in bad} == {409}
    assert visitor.turn.feedback == 3


def test_feedback_on_a_talk_that_was_counted_already_is_kept_by_itself(line: Line) -> None:
    from havn.helpline.models import Feedback

    visitor = make_visitor(line)
    Turn.objects.filter(pk=visitor.turn.pk).update(state="ended", ended_by="counsellor", counted=True)

    async def work(browser: Any) -> list[httpx.Response]:
        one: Browser = browser(cookies=cookies_of(visitor))
        return [await one.post("/live/feedback", {"value": "2"}) for _ in range(3)]

    in_live(work)
    answer = Feedback.objects.get()
    assert (answer.value, answer.service_id) == (2, line.service.pk)
    assert answer.half_hour.minute in {0, 30}


def test_a_letter_is_stored_once_for_a_press_and_its_words_come_back_when_it_is_too_long(line: Line) -> None:
    fields = start_fields(line, text="Dear you,\nI am 11.")

    async def work(browser: Any) -> list[httpx.Response]:
        stored = [await browser().post("/live/letter", fields) for _ in range(2)]
        return [*stored, await browser().post("/live/letter", start_fields(line, text="w" * 10_001))]

    first, second, long = in_live(work)
    assert first.headers["location"] == second.headers["location"] == "/en/letter/sent"
    assert Turn.objects.filter(channel="letter").count() == 1
    assert Message.objects.count() == 1
    assert long.status_code == 422
    assert "w" * 10_001 in long.text


def test_a_further_letter_joins_the_first_even_after_an_answer_closed_it(line: Line) -> None:
    from havn.common.clock import now_ms
    from havn.helpline.actions.ending import finish, locked

    visitor = make_visitor(line, "letter", letter="One")
    Turn.objects.filter(pk=visitor.turn.pk).update(state="talking")
    from django.db import transaction

    with transaction.atomic():
        finish(locked(visitor.turn.pk), by="counsellor", key=visitor.started.key, now_ms=now_ms())

    async def work(browser: Any) -> httpx.Response:
        return await browser(cookies=cookies_of(visitor)).post("/live/letter/again", {"text": "Two"})

    assert in_live(work).headers["location"] == "/en/letter/read"
    assert visitor.turn.state == "waiting"
    html = visitor.page("/letter/read")
    assert "One" in html
    assert "Two" in html


def test_letters_without_end_are_slowed_down(line: Line) -> None:
    visitor = make_visitor(line, "letter", letter="One")

    async def work(browser: Any) -> list[int]:
        one: Browser = browser(cookies=cookies_of(visitor))
        return [(await one.post("/live/letter/again", {"text": f"Letter {at}"})).status_code for at in range(90)]

    told = in_live(work)
    assert told[0] == 303
    assert told[-1] == 429
    assert Message.objects.filter(kind="text").count() == told.count(303) + 1


def test_quick_exit_closes_the_visit_leaves_a_neutral_cookie_and_leads_away(line: Line) -> None:
    visitor = make_visitor(line)
    line.take(line.counsellor())

    async def work(browser: Any) -> tuple[httpx.Response, httpx.Response]:
        one = browser(cookies=cookies_of(visitor))
        answer = await one.get("/exit", **{"sec-fetch-site": "same-origin"})
        return answer, await browser(cookies=cookies_of(visitor)).get("/live/here")

    answer, here = in_live(work)
    assert answer.status_code == 303
    assert answer.headers["location"] == line.service.organisation.centre.neutral_site
    assert here.status_code == 401
    cookies = answer.headers.get_list("set-cookie")
    assert any(c.startswith(f"{settings.VISITOR_COOKIE_NAME}=;") and "Max-Age=0" in c for c in cookies)
    assert any(c.startswith(f"{settings.LEFT_COOKIE_NAME}=1;") and "Max-Age=600" in c for c in cookies)
    assert "storage" in answer.headers["clear-site-data"]
    assert (visitor.turn.state, visitor.turn.ended_by) == ("ended", "quick-exit")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_press_quick_exit(line: Line, site: str) -> None:
    visitor = make_visitor(line)

    async def work(browser: Any) -> httpx.Response:
        return await browser(cookies=cookies_of(visitor)).get("/exit", **{"sec-fetch-site": site})

    answer = in_live(work)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert visitor.turn.state == "waiting"


def test_quick_exit_of_a_browser_that_says_nothing_closes_the_visit_only_with_the_pages_token(line: Line) -> None:
    visitor = make_visitor(line)
    link = re.search(r'href="(/exit\?t=[^"]+)"', visitor.page("/chat/waiting"))
    assert link

    async def work(browser: Any) -> list[httpx.Response]:
        bare = await browser(cookies=cookies_of(visitor)).get("/exit")
        state = await aside(lambda: Turn.objects.get().state)
        assert state == "waiting"
        return [bare, await browser(cookies=cookies_of(visitor)).get(link[1])]

    bare, with_token = in_live(work)
    assert bare.status_code == with_token.status_code == 303
    assert visitor.turn.ended_by == "quick-exit"


def test_the_blank_pages_button_leads_back_and_only_within_our_site(line: Line) -> None:
    async def work(browser: Any) -> list[str]:
        one: Browser = browser()
        targets = ("/nb/chat", "https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nb", "")
        answers = [await one.post("/live/open", {"to": to}) for to in targets]
        assert all("Max-Age=0" in answer.headers["set-cookie"] for answer in answers)
        return [answer.headers["location"] for answer in answers]

    assert in_live(work) == ["/nb/chat", "/", "/", "/", "/", "/"]


def test_a_code_shown_on_a_page_is_the_code_that_opens(line: Line) -> None:
    visitor = make_visitor(line)
    shown = re.sub(r"<[^>]+>", "", visitor.page("/chat/keep").partition('class="code"')[2].partition("</p>")[0])
    assert CODE.search(shown)
    assert visitor.started.code in shown


def test_visitor_a_changes_nothing_of_visitor_b(line: Line) -> None:
    a, b = make_visitor(line), make_visitor(line)
    named = {"conversation": str(b.turn.pk), "conversation_id": str(b.turn.pk)}

    async def work(browser: Any) -> None:
        one: Browser = browser(cookies=cookies_of(a))
        for path in ("/live/danger", "/live/end", "/live/delete"):
            await one.post(path, {"on": "1", **named})

    in_live(work)
    assert (b.turn.state, b.turn.in_danger) == ("waiting", False)
