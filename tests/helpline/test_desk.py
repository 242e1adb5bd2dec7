"""The desk as pages: what each person sees, presses and is refused, with and without a script."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from havn.accounts.models import Role
from havn.common.clock import from_ms, now_ms
from havn.helpline.actions import leases
from havn.helpline.actions.visits import ask_again, end_visit
from havn.helpline.models import CannedAnswer, Contact, Duty, HelplineSettings, LinkForChildren, Record, Turn
from havn.helpline.sealing import seal_text
from tests.accounts.factories import signed_in_client
from tests.helpline.factories import COMPLETE, Child, Line, Person, make_line
from tests.vault.factories import PASSWORD, make_member

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def line(real_transactions: None) -> Line:
    return make_line()


def _client(person: Person) -> Client:
    return signed_in_client(person.user, password=PASSWORD)


def _page(client: Client, **query: Any) -> str:
    answer = client.get(reverse("helpline:desk"), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _taken(line: Line) -> tuple[Person, Child, Client]:
    anna = line.counsellor(shown_name="Anna", language="en")
    child = line.child(waited_minutes=8, age_band="12-14")
    nonce, sealed = seal_text("Sky", conversation_id=child.conversation_id, field="name", key=child.key)
    Turn.objects.filter(pk=child.conversation_id).update(name_nonce=nonce, name_sealed=sealed)
    line.take(anna)
    return anna, child, _client(anna)


def test_the_desk_asks_for_a_sign_in_and_for_a_role(line: Line, client: Client) -> None:
    answer = client.get(reverse("helpline:desk"))
    assert answer.status_code == 302
    outsider = make_member(line.service, Role.ADMINISTRATOR)
    assert signed_in_client(outsider, password=PASSWORD).get(reverse("helpline:desk")).status_code == 403


def test_going_on_duty_shows_the_next_button_and_off_duty_takes_it_away(line: Line) -> None:
    anna = line.member(language="en")
    browser = _client(anna)
    assert "Go on duty" in _page(browser)
    form = {"service": line.service.pk, "role": "counsellor", "seats": "2", "languages": ["en"]}
    assert browser.post(reverse("helpline:go_on_duty"), form).status_code == 302
    assert "data-next" in _page(browser)
    browser.post(reverse("helpline:go_off_duty"), {"service": line.service.pk})
    assert "data-next" not in _page(browser)
    assert Duty.objects.get(user=anna.user).ended_at_ms is not None


def test_next_opens_the_talk_with_its_words_name_and_record(line: Line) -> None:
    anna = line.counsellor(language="en")
    child = line.child(waited_minutes=8)
    child.says("is anybody there")
    browser = _client(anna)
    told = browser.post(reverse("helpline:take_next"), {"service": line.service.pk}, **JSON).json()
    assert told["took"] == child.conversation_id
    page = str(browser.get(told["to"]).content.decode())
    for words in ("is anybody there", "waited 8 min", "Contact record", "Cyberbullying"):
        assert words in page
    assert 'data-count="1"' in page


def test_a_refusal_is_told_on_the_desk_to_scripts_and_to_forms(line: Line) -> None:
    browser = _client(line.counsellor(language="en"))
    refused = browser.post(reverse("helpline:take_next"), {"service": line.service.pk}, **JSON)
    assert refused.status_code == 409
    assert refused.json()["sentence"] == "Nobody is waiting whom you could take."
    back = browser.post(reverse("helpline:take_next"), {"service": line.service.pk}, follow=True)
    assert "Nobody is waiting whom you could take." in back.content.decode()


def test_my_talks_show_name_unread_last_line_and_state(line: Line) -> None:
    _anna, child, browser = _taken(line)
    child.says("first")
    child.says("<b>second</b>")
    page = _page(browser)
    assert "Sky" in page
    assert "&lt;b&gt;second&lt;/b&gt;" in page
    assert "<b>second</b>" not in page
    assert 'data-count="2"' in page
    assert "12–14" in page


def test_nobody_opens_a_talk_of_a_colleague(line: Line) -> None:
    _anna, child, _browser = _taken(line)
    child.says("a secret harbour")
    bo = _client(line.counsellor(language="en"))
    assert "a secret harbour" not in _page(bo, talk=child.conversation_id)
    for name in ("end_talk", "set_risk", "save_record", "give_link", "offer_transfer"):
        answer = bo.post(reverse(f"helpline:{name}", args=[child.conversation_id]), {"to": 1}, **JSON)
        assert answer.status_code in {403, 409}, name
    assert child.turn.state == "talking"


def test_another_centre_finds_no_talk_of_this_one(line: Line) -> None:
    _anna, child, _browser = _taken(line)
    other = make_line(centre_fields={"host": "other.example"})
    stranger = other.counsellor(language="en")
    browser = signed_in_client(stranger.user, password=PASSWORD, host="other.example")
    for name in ("end_talk", "save_record", "accept_transfer"):
        answer = browser.post(reverse(f"helpline:{name}", args=[child.conversation_id]), {}, **JSON)
        assert answer.status_code == 403
        assert "not at your helpline" in answer.json()["sentence"]


def test_a_form_without_the_token_is_refused(line: Line) -> None:
    anna = line.counsellor(language="en")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = _client(anna).cookies
    assert strict.post(reverse("helpline:take_next"), {"service": line.service.pk}).status_code == 403


def test_the_record_is_kept_as_typed_and_closes_the_talk(line: Line) -> None:
    _anna, child, browser = _taken(line)
    address = reverse("helpline:save_record", args=[child.conversation_id])
    kept = browser.post(
        address, {"version": "0", "reasons": ["gaming", "grooming"], "order": "grooming"}, **JSON
    ).json()
    assert kept["version"] == 1
    assert "person" in kept["missing"]
    assert Record.objects.get().reasons == ["grooming", "gaming"]
    form = {**COMPLETE, "online": "yes", "version": "1", "close": "1", "summary": "all well"}
    told = browser.post(address, form, **JSON).json()
    assert told["closed"] == child.conversation_id
    assert Contact.objects.count() == 1
    assert "Sky" not in _page(browser)


def test_closing_an_incomplete_record_says_what_is_missing_and_keeps_what_was_typed(line: Line) -> None:
    _anna, child, browser = _taken(line)
    answer = browser.post(
        reverse("helpline:save_record", args=[child.conversation_id]),
        {"version": "0", "person": "teacher", "close": "1"},
        **JSON,
    )
    assert answer.status_code == 409
    assert answer.json()["fields"] == ["reasons", "gender", "online", "outcome", "risk"]
    assert answer.json()["version"] == 1
    assert Record.objects.get().person == "teacher"


def test_a_link_comes_only_from_the_helplines_own_list(line: Line) -> None:
    _anna, child, browser = _taken(line)
    mine = LinkForChildren.objects.create(
        service=line.service, language="en", title="About pictures", url="https://example.org/pictures"
    )
    other = make_line(centre_fields={"host": "other.example"})
    theirs = LinkForChildren.objects.create(
        service=other.service, language="en", title="Elsewhere", url="https://example.org/elsewhere"
    )
    address = reverse("helpline:give_link", args=[child.conversation_id])
    assert browser.post(address, {"link": theirs.pk}, **JSON).status_code == 409
    assert browser.post(address, {"link": mine.pk}, **JSON).status_code == 200
    assert child.events() == ["joined", "link"]


def test_ready_answers_come_with_the_page_the_childs_language_first(line: Line) -> None:
    for language, title in (("nb", "Hei"), ("en", "Hello")):
        CannedAnswer.objects.create(
            service=line.service, language=language, title=title, text=f"{title} </script>", tags=["start"]
        )
    _anna, _child, browser = _taken(line)
    page = _page(browser)
    found = re.search(r'<script id="desk-answers" type="application/json">(.*?)</script>', page)
    assert found
    assert found.group(1).index("Hello") < found.group(1).index("Hei")


def test_a_lost_counsellors_talk_is_taken_from_the_desk(line: Line) -> None:
    anna, child, _browser = _taken(line)
    bo = line.counsellor(language="en", seats=1)
    line.child()
    line.take(bo)
    Duty.objects.filter(user=anna.user).update(alive_until_ms=now_ms() - 200_000)
    leases.sweep_lost(now_ms())
    browser = _client(bo)
    assert "In a talk" in _page(browser)
    told = browser.post(reverse("helpline:take_next"), {"service": line.service.pk}, **JSON).json()
    assert told["took"] == child.conversation_id


def test_letters_are_answered_from_the_desk_and_can_be_laid_back(line: Line) -> None:
    anna = line.counsellor(language="en")
    letter = line.child(channel="letter", waited_minutes=90)
    letter.says("dear you")
    browser = _client(anna)
    assert "Answer the letter" in _page(browser)
    told = browser.post(reverse("helpline:take_letter"), {"service": line.service.pk}, **JSON).json()
    assert "dear you" in str(browser.get(told["to"]).content.decode())
    browser.post(reverse("helpline:lay_back_letter", args=[letter.conversation_id]))
    assert (letter.turn.state, letter.turn.counsellor_id) == ("waiting", None)


def test_no_letter_is_offered_to_whom_no_language_of_it_is_spoken(line: Line) -> None:
    line.child(channel="letter", language="da")
    assert "Answer the letter" not in _page(_client(line.counsellor(language="en", languages=("en",))))
    assert "Answer the letter" in _page(_client(line.counsellor(language="en", languages=("da",))))


def test_a_seat_kept_for_high_risk_is_said_and_the_button_stays_quiet(line: Line) -> None:
    line.set(seats_for_high_risk=1)
    anna, _child, browser = _taken(line)
    line.child(waited_minutes=5)
    page = _page(browser)
    assert "The free seat is kept for high risk." in page
    assert re.search(r"desk-next__button[^>]* data-idle", page)
    refused = browser.post(reverse("helpline:take_next"), {"service": line.service.pk}, **JSON).json()
    assert "The free seat is kept for high risk." in refused["sentence"]
    grave = line.child(in_danger=True)
    page = _page(browser)
    assert not re.search(r"desk-next__button[^>]* data-idle", page)
    assert line.take(anna).pk == grave.conversation_id


def test_a_talk_can_be_asked_to_be_kept_when_it_has_ended_and_when_it_is_closed(line: Line) -> None:
    anna, child, browser = _taken(line)
    keep = f'href="{reverse("helpline:hold", args=[child.conversation_id])}"'
    assert keep not in _page(browser)
    end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert keep in _page(browser)
    assert "Closed today" not in _page(browser)
    form = {**COMPLETE, "online": "yes", "version": "0", "close": "1"}
    browser.post(reverse("helpline:save_record", args=[child.conversation_id]), form)
    page = _page(browser)
    assert "Closed today" in page
    assert keep in page
    assert browser.get(reverse("helpline:hold", args=[child.conversation_id])).status_code == 200
    assert keep not in _page(_client(line.counsellor(language="en")))
    Record.objects.update(completed_at=from_ms(now_ms() - 24 * 3_600_000))
    assert keep not in _page(browser)
    assert anna.user.pk == child.turn.counsellor_id


def test_who_was_coding_is_told_when_the_child_asks_again(line: Line) -> None:
    _anna, child, browser = _taken(line)
    end_visit(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    ask_again(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert "What you filled in is kept" in _page(browser)
    bo = line.counsellor(language="en")
    assert "What you filled in is kept" not in _page(_client(bo))
    line.take(bo)
    assert "What you filled in is kept" not in _page(browser)


def test_a_person_without_the_key_sees_the_queue_and_no_word(line: Line) -> None:
    _anna, child, _browser = _taken(line)
    child.says("only for those with the key")
    fresh = make_member(line.service, language="en")
    browser = signed_in_client(fresh, password=PASSWORD)
    page = _page(browser)
    assert "You hold no key here yet" in page
    assert "only for those with the key" not in page


def test_the_desk_costs_a_bounded_number_of_queries(line: Line, django_assert_max_num_queries: Any) -> None:
    _anna, child, browser = _taken(line)
    for number in range(20):
        child.says(f"line {number}")
        line.child()
    _page(browser)
    with django_assert_max_num_queries(90):
        _page(browser)


def test_settings_are_the_coordinators_and_contradictions_are_refused(line: Line) -> None:
    anna = line.counsellor(language="en")
    address = reverse("helpline:settings")
    assert _client(anna).get(address).status_code == 403
    lead = _client(line.people[0])
    assert lead.get(address).status_code == 200
    form = {
        "service": line.service.pk, "seats_default": 2, "seats_most": 3, "seats_for_high_risk": 1, "away_minutes": 10,
        "silence_ask_minutes": 5, "silence_end_minutes": 12, "lost_counsellor_told_seconds": 20,
        "lost_counsellor_offered_seconds": 90, "locked_counsellor_offered_seconds": 300,
        "keep_days": 30, "keep_unfinished_hours": 72,
    }  # fmt: skip
    assert lead.post(address, form).status_code == 302
    stored = HelplineSettings.objects.get(pk=line.service.pk)
    assert (stored.seats_for_high_risk, stored.silence_end_minutes, stored.needs_staff) == (1, 12, False)
    wrong = lead.post(address, {**form, "silence_end_minutes": 4})
    assert wrong.status_code == 400
    assert "must come later" in wrong.content.decode()
    assert lead.post(address, {**form, "seats_most": 9}).status_code == 400


def test_answers_and_links_are_added_changed_and_removed(line: Line) -> None:
    lead = _client(line.people[0])
    service = line.service.pk
    lead.post(
        reverse("helpline:save_answer"),
        {"service": service, "language": "en", "title": "Hello", "text": "Hi there", "tags": "Start, start , calm"},
    )
    answer = CannedAnswer.objects.get()
    assert answer.tags == ["start", "calm"]
    lead.post(
        reverse("helpline:save_answer"),
        {"service": service, "answer": answer.pk, "language": "nb", "title": "Hei", "text": "Hei hei", "tags": ""},
    )
    answer.refresh_from_db()
    assert (answer.title, answer.language) == ("Hei", "nb")
    link = {"service": service, "language": "en", "title": "Help", "url": "http://example.org/"}
    lead.post(reverse("helpline:save_link"), link)
    assert not LinkForChildren.objects.exists()
    lead.post(reverse("helpline:save_link"), {**link, "url": "https://example.org/"})
    page = lead.get(reverse("helpline:texts")).content.decode()
    assert "https://example.org/" in page
    assert page.count('id="id_title"') == 1
    lead.post(reverse("helpline:remove_answer", args=[answer.pk]), {"service": service})
    lead.post(reverse("helpline:remove_link", args=[LinkForChildren.objects.get().pk]), {"service": service})
    assert not CannedAnswer.objects.exists()
    assert not LinkForChildren.objects.exists()


def test_a_counsellor_changes_no_answers(line: Line) -> None:
    browser = _client(line.counsellor(language="en"))
    form = {"service": line.service.pk, "language": "en", "title": "x", "text": "y"}
    assert browser.post(reverse("helpline:save_answer"), form).status_code == 403
    assert not CannedAnswer.objects.exists()


def test_reading_along_starts_and_stops_from_the_wall(line: Line) -> None:
    _anna, child, _browser = _taken(line)
    child.says("a quiet word")
    lead = _client(line.people[0])
    told = lead.post(reverse("helpline:read_along", args=[child.conversation_id]), **JSON).json()
    page = str(lead.get(told["to"]).content.decode())
    assert "a quiet word" in page
    assert "You read along in silence" in page
    assert 'name="kind" value="text"' not in page
    # What a silent reader has to say is whispered to the counsellor.
    assert "Whisper to the counsellor" in page
    lead.post(reverse("helpline:stop_reading", args=[child.conversation_id]))
    assert "a quiet word" not in _page(lead)
