"""Second reading: who must, who may, and that nobody gets round it by any way there is."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.duty import go_off_duty, lay_back_letter
from havn.helpline.actions.ending import end_talk, finish
from havn.helpline.actions.links import give_link
from havn.helpline.models import LinkForChildren, Turn
from havn.letterbox.actions import drafting, second_reading
from havn.letterbox.models import Draft, LetterClock, LettersAnswered
from havn.letterbox.queries.drafts import draft_of, opened
from havn.letterbox.rules.second_reading import is_needed, why_not_read
from havn.live import api as live
from tests.helpline.factories import Child, Person
from tests.helpline.live_line import Browser, in_live
from tests.letterbox.factories import Letters, browser_of, last_seq, make_letters

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000


@pytest.fixture
def letters() -> Letters:
    made = make_letters()
    made.set(second_reading="always")
    return made


def _asked(letters: Letters) -> tuple[Person, Person, Child]:
    anna, bo = (letters.line.counsellor(shown_name=name, language="en") for name in ("Anna", "Bo"))
    child = letters.letter("dear you")
    letters.take(anna, child)
    letters.ask(anna, child, "what Anna wrote")
    return anna, bo, child


def _seen_by_child(child: Child) -> list[tuple[str, str]]:
    viewer = live.Viewer(child.participant_id, "visitor")
    shown = live.messages(conversation_id=child.conversation_id, key=child.key, viewer=viewer)
    return [(one.name, one.text) for one in shown if one.kind == "text"]


@pytest.mark.parametrize(
    ("policy", "answered", "needed"),
    [("never", 0, False), ("always", 500, True), ("newcomers", 9, True), ("newcomers", 10, False)],
)
def test_when_it_is_needed(policy: str, answered: int, needed: bool) -> None:
    assert is_needed(policy=policy, answered=answered, newcomer_letters=10) is needed


@pytest.mark.parametrize(
    ("user", "asked", "reader", "until", "why"),
    [
        (2, True, None, None, None),
        (1, True, None, None, "own"),
        (2, False, None, None, "not-asked"),
        (2, True, 3, 1001, "taken"),
        (2, True, 3, 1000, None),
        (2, True, 2, 1001, None),
    ],
)
def test_who_may_read(user: int, asked: bool, reader: int | None, until: int | None, why: str | None) -> None:
    found = why_not_read(user_id=user, writers=[1], asked=asked, reader_id=reader, reader_until_ms=until, now_ms=1000)
    assert found == why


def test_a_colleague_sends_it_in_the_writers_name(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    letters.read(bo, child)
    assert _seen_by_child(child) == [("", "dear you")]
    letters.send_read(bo, child)
    assert _seen_by_child(child) == [("", "dear you"), ("Anna", "what Anna wrote")]
    assert not Draft.objects.exists()
    assert child.turn.counsellor_id == anna.pk
    assert LettersAnswered.objects.get(user=anna.user).letters == 1
    entry = Entry.objects.filter(action="letterbox.answer.read").get()
    assert (entry.actor_id, entry.subject) == (bo.pk, "")
    assert str(anna.pk) in entry.codes


def test_nobody_sends_their_own(letters: Letters) -> None:
    anna, _bo, child = _asked(letters)
    with pytest.raises(NotAllowed):
        letters.read(anna, child)
    with pytest.raises(NotAllowed):
        letters.send_read(anna, child)
    drafting.take_back(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    with pytest.raises(NotAllowed):
        letters.send(anna, child, version=2)
    assert len(_seen_by_child(child)) == 1


def test_who_wrote_a_part_of_it_is_no_reader_whoever_has_the_letter_now(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    drafting.take_back(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    letters.take(bo, child)
    letters.ask(bo, child, "what Anna wrote, and Bo", version=2)
    for person in (anna, bo):
        with pytest.raises(NotAllowed):
            letters.read(person, child)
    cleo = letters.line.counsellor()
    letters.read(cleo, child)
    letters.send_read(cleo, child, version=3)
    assert _seen_by_child(child)[-1] == ("Bo", "what Anna wrote, and Bo")


def test_the_live_endpoint_refuses_the_writers_own_words_and_takes_notes(letters: Letters) -> None:
    anna, child = letters.line.counsellor(shown_name="Anna"), letters.letter("dear you")
    letters.take(anna, child)
    cookies = {name: morsel.value for name, morsel in browser_of(anna).cookies.items()}

    async def work(browser: object) -> list[tuple[int, str]]:
        desk: Browser = browser(cookies=cookies)  # type: ignore[operator]
        found = []
        for kind in ("text", "note"):
            fields = {"conversation": child.conversation_id, "text": "round the back", "kind": kind}
            answer = await desk.post("/live/desk/message", fields, json=True)
            found.append((answer.status_code, answer.json().get("error", "")))
        return found

    refused, noted = in_live(work)
    assert refused[0] == 403
    assert "a colleague reads each answer before it goes" in refused[1]
    assert noted == (200, "")
    assert _seen_by_child(child) == [("", "dear you")]


def test_without_second_reading_the_live_endpoint_stores_and_stops_the_clock(letters: Letters) -> None:
    letters.set(second_reading="never")
    anna, child = letters.line.counsellor(shown_name="Anna"), letters.letter("dear you")
    letters.take(anna, child)
    cookies = {name: morsel.value for name, morsel in browser_of(anna).cookies.items()}

    async def work(browser: object) -> list[dict[str, object]]:
        desk: Browser = browser(cookies=cookies)  # type: ignore[operator]
        fields = {"conversation": child.conversation_id, "text": "from the thread", "client_id": "thread-0001"}
        return [(await desk.post("/live/desk/message", fields, json=True)).json() for _time in range(2)]

    first, again = in_live(work)
    assert (first["new"], again["new"], first["seq"]) == (True, False, again["seq"])
    assert _seen_by_child(child)[-1] == ("Anna", "from the thread")
    assert LetterClock.objects.get(pk=child.conversation_id).unanswered_since_ms is None


def test_no_link_goes_round_it_either(letters: Letters) -> None:
    anna, _bo, child = _asked(letters)
    link = LinkForChildren.objects.create(
        service=letters.line.service, language="en", title="A", url="https://a.example"
    )
    with pytest.raises(NotAllowed):
        give_link(actor=anna.user, conversation_id=child.conversation_id, link_id=link.pk, key=child.key)


def test_a_claim_runs_out_and_blocks_nobody(letters: Letters) -> None:
    _anna, bo, child = _asked(letters)
    cleo = letters.line.counsellor()
    letters.set(reading_minutes=30)
    letters.read(bo, child)
    with pytest.raises(Refused, match="reading this answer now"):
        letters.read(cleo, child)
    letters.read(cleo, child, at_ms=now_ms() + 31 * MINUTE)
    assert draft_of(child.conversation_id).reader_id == cleo.pk  # type: ignore[union-attr]


def test_it_is_given_back_with_a_sealed_note(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    letters.read(bo, child)
    give = {"actor": bo.user, "conversation_id": child.conversation_id, "key": child.key, "now_ms": now_ms()}
    with pytest.raises(Refused, match="few words"):
        second_reading.give_back(**give, note=" ", version=1)  # type: ignore[arg-type]
    second_reading.give_back(**give, note="say it more kindly", version=1)  # type: ignore[arg-type]
    draft = draft_of(child.conversation_id)
    assert draft is not None
    assert b"kindly" not in bytes(draft.note_sealed)
    shown = opened(draft, child.key, now_ms=now_ms())
    assert (shown.note, shown.asked, shown.text) == ("say it more kindly", False, "what Anna wrote")
    page = browser_of(anna).get(reverse("letterbox:letter", args=[child.conversation_id])).content.decode()
    assert "say it more kindly" in page
    letters.ask(anna, child, "kinder", version=draft.version)
    assert opened(draft_of(child.conversation_id), child.key, now_ms=now_ms()).note == ""


def test_an_answer_that_changed_since_it_was_read_is_not_sent(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    letters.read(bo, child)
    second_reading.lay_back_reading(actor=bo.user, conversation_id=child.conversation_id, now_ms=now_ms())
    drafting.take_back(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    letters.ask(anna, child, "something else", version=2)
    with pytest.raises(Refused, match="changed since"):
        letters.send_read(bo, child, version=1)


def test_the_writer_waits_while_somebody_reads(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    letters.read(bo, child)
    with pytest.raises(Refused):
        drafting.take_back(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    with pytest.raises(Refused, match="waiting for a second reading"):
        letters.keep(anna, child, "over it", version=1)


def test_a_letter_laid_back_meanwhile_comes_to_its_reader(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    letters.read(bo, child)
    letters.send_read(bo, child)
    assert _seen_by_child(child)[-1] == ("Anna", "what Anna wrote")
    assert (child.turn.state, child.turn.counsellor_id) == (Turn.State.TALKING, bo.pk)


def test_the_screens_of_writer_and_reader(letters: Letters) -> None:
    anna, bo = (letters.line.counsellor(shown_name=name, language="en") for name in ("Anna", "Bo"))
    child = letters.letter("dear you")
    letters.take(anna, child)
    writer, reader = browser_of(anna), browser_of(bo)
    address = reverse("letterbox:letter", args=[child.conversation_id])
    page = writer.get(address).content.decode()
    assert "Ask for a second reading" in page
    assert "Send to the child" not in page
    form = {"text": "what Anna wrote", "version": "0", "seen": str(last_seq(child))}
    assert writer.post(reverse("letterbox:send", args=[child.conversation_id]), form).status_code == 403
    writer.post(reverse("letterbox:ask_reading", args=[child.conversation_id]), form)
    before = reader.get(address).content.decode()
    assert "what Anna wrote" not in before
    assert "dear you" not in before
    assert not Entry.objects.filter(action="conversation.read", actor_id=bo.pk).exists()
    reader.post(reverse("letterbox:claim_reading", args=[child.conversation_id]))
    page = reader.get(address).content.decode()
    assert "what Anna wrote" in page
    assert Entry.objects.filter(action="conversation.read", actor_id=bo.pk).count() == 1
    reader.post(reverse("letterbox:send_read", args=[child.conversation_id]), {**form, "version": "1"})
    assert _seen_by_child(child)[-1] == ("Anna", "what Anna wrote")


def test_the_desk_offers_notes_only_where_the_answer_goes_another_way(letters: Letters) -> None:
    anna = letters.line.counsellor(shown_name="Anna", language="en")
    child = letters.letter("dear you")
    letters.take(anna, child)
    browser, address = browser_of(anna), reverse("helpline:desk") + f"?talk={child.conversation_id}"
    page = browser.get(address).content.decode()
    assert "Here a colleague reads each answer before it goes." in page
    assert 'name="kind" value="text"' not in page
    assert 'name="kind" value="note"' in page
    letters.set(second_reading="never")
    assert 'name="kind" value="text"' in browser.get(address).content.decode()


def test_newcomers_only_until_they_are_none(letters: Letters) -> None:
    letters.set(second_reading="newcomers", newcomer_letters=1)
    anna = letters.line.counsellor()
    first, second = letters.letter(), letters.letter()
    letters.take(anna, first)
    with pytest.raises(NotAllowed):
        letters.send(anna, first)
    letters.ask(anna, first)
    bo = letters.line.counsellor()
    letters.read(bo, first)
    letters.send_read(bo, first)
    letters.take(anna, second)
    letters.send(anna, second)
    assert _seen_by_child(second)[-1][1] == "you are not alone"


def test_an_answer_that_waits_keeps_its_letter_open_and_its_clock_running(letters: Letters) -> None:
    anna, _bo, child = _asked(letters)
    end = {"conversation_id": child.conversation_id, "key": child.key, "now_ms": now_ms()}
    with pytest.raises(Refused, match="has not gone yet"):
        end_talk(actor=anna.user, **end)
    with transaction.atomic():
        finish(child.turn, by="closing", key=child.key, now_ms=now_ms())
    assert LetterClock.objects.get(pk=child.conversation_id).unanswered_since_ms is not None


def test_only_who_took_it_to_read_sends_it_or_gives_it_back(letters: Letters) -> None:
    _anna, bo, child = _asked(letters)
    with pytest.raises(Refused, match="Take this answer to read it first"):
        letters.send_read(bo, child)
    with pytest.raises(Refused, match="Take this answer to read it first"):
        second_reading.give_back(
            actor=bo.user,
            conversation_id=child.conversation_id,
            note="unread",
            version=1,
            key=child.key,
            now_ms=now_ms(),
        )
    assert len(_seen_by_child(child)) == 1


def test_what_the_child_adds_while_it_is_read_is_seen_by_the_reader_first(letters: Letters) -> None:
    _anna, bo, child = _asked(letters)
    letters.read(bo, child)
    browser, address = browser_of(bo), reverse("letterbox:letter", args=[child.conversation_id])
    page = browser.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen is not None
    child.says("one thing more")
    send = reverse("letterbox:send_read", args=[child.conversation_id])
    answer = browser.post(send, {"version": "1", "seen": seen[1]}, follow=True)
    page = answer.content.decode()
    assert "The child has written more." in page
    assert "one thing more" in page
    assert LetterClock.objects.get(pk=child.conversation_id).unanswered_since_ms is not None
    letters.send_read(bo, child)
    assert _seen_by_child(child)[-1] == ("Anna", "what Anna wrote")


def test_a_letter_laid_back_comes_to_nobody_who_is_off_duty(letters: Letters) -> None:
    anna, bo, child = _asked(letters)
    lay_back_letter(actor=anna.user, conversation_id=child.conversation_id, now_ms=now_ms())
    letters.read(bo, child)
    go_off_duty(actor=bo.user, service=letters.line.service, give_back=False, now_ms=now_ms())
    with pytest.raises(Refused, match="Go on duty first"):
        letters.send_read(bo, child)
    assert (child.turn.state, child.turn.counsellor_id) == (Turn.State.WAITING, None)
    letters.line.on_duty(bo)
    letters.send_read(bo, child)
    assert child.turn.counsellor_id == bo.pk
