"""The child's yes, and no: on the form, on the letter's page, and with the code alone long after the letter is gone."""

import datetime as dt
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.test import Client

from havn.common.clock import now_ms
from havn.common.errors import Refused
from havn.common.page_cache import state_of_pages
from havn.helpline.actions.visits import delete_talk
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.helpline.retention.destroy import destroy_at_once
from havn.letterbox import withdrawn
from havn.letterbox.actions import consent, publishing
from havn.letterbox.models import Consent, Edition, PublishedAnswer
from havn.letterbox.rules.withdrawing import withdraw_hash
from havn.live.models import Conversation, ReturnCode
from havn.tenancy.models import Centre
from tests.helpline.live_line import NO_SCRIPT, in_live
from tests.helpline.public import make_visitor
from tests.letterbox.factories import GOOD, Letters, browser_of, make_letters, supervisor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters() -> Letters:
    return make_letters()


def _form(letters: Letters, **fields: str) -> dict[str, str]:
    return {"service": letters.line.service.slug, "language": "en", "once": fresh_once(), "text": "dear you", **fields}


@pytest.mark.parametrize(("fields", "stored"), [({}, 0), ({"publish": "0"}, 0), ({"publish": "1"}, 1)])
def test_the_form_keeps_a_yes_and_nothing_without_one(letters: Letters, fields: dict[str, str], stored: int) -> None:
    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/letter", _form(letters, **fields), headers=NO_SCRIPT)

    assert in_live(work).status_code == 303
    assert Consent.objects.filter(state="yes").count() == stored
    assert Consent.objects.count() == stored


def test_the_tick_is_off_and_stays_on_only_in_a_form_that_comes_back(letters: Letters) -> None:
    page = Client().get("/en/letter").content.decode()
    assert "You may show my question without my name" in page
    assert 'value="1" aria-describedby="publish-hint">' in page

    async def work(browser: Any) -> httpx.Response:
        return await browser().post("/live/letter", _form(letters, text="w" * 10_001, publish="1"))

    assert 'aria-describedby="publish-hint" checked' in in_live(work).text


def test_what_is_stored_is_a_code_and_no_way_to_the_return_code(letters: Letters) -> None:
    child = letters.letter()
    consent.allow_publishing(conversation_id=child.conversation_id, code=child.code)
    row = Consent.objects.get()
    assert bytes(row.withdraw_hash) == withdraw_hash(child.code.lower().replace("-", " "))
    assert child.code.replace("-", "").encode() not in bytes(row.withdraw_hash)
    assert {field.name for field in Consent._meta.fields} == {"conversation", "state", "withdraw_hash"}


def test_yes_and_no_on_the_page_of_the_letter(letters: Letters) -> None:
    visitor = make_visitor(letters.line, "letter", letter="dear you")
    assert "Yes, you may" in visitor.page("/en/letter/read")
    cookies = {settings.VISITOR_COOKIE_NAME: visitor.started.token or ""}

    def press(value: str) -> int:
        async def work(browser: Any) -> httpx.Response:
            return await browser(cookies=cookies).post("/live/letter/publish", {"publish": value}, headers=NO_SCRIPT)

        return int(in_live(work).status_code)

    assert press("1") == 303
    assert "You said yes. It is not on this site yet." in visitor.page("/en/letter/read")
    assert press("0") == 303
    page = visitor.page("/en/letter/read")
    assert "This stays so." in page
    assert "Yes, you may" not in page
    assert press("1") == 409
    assert Consent.objects.get().state == "withdrawn"


def test_a_chat_has_no_yes(letters: Letters) -> None:
    visitor = make_visitor(letters.line)
    cookies = {settings.VISITOR_COOKIE_NAME: visitor.started.token or ""}

    async def work(browser: Any) -> httpx.Response:
        return await browser(cookies=cookies).post("/live/letter/publish", {"publish": "1"}, json=True)

    assert in_live(work).status_code == 404
    assert not Consent.objects.exists()


def test_no_takes_it_off_at_once_and_for_good(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    answer = letters.published(anna, sol, child)
    before = state_of_pages()
    assert Client().get(f"/en/answers/{answer.slug}").status_code == 200
    assert consent.take_back(centre_id=letters.centre_id, code=child.code)
    assert Client().get(f"/en/answers/{answer.slug}").status_code == 404
    assert state_of_pages() != before
    assert not PublishedAnswer.objects.exists()
    with pytest.raises(Refused, match="has not allowed"):
        letters.published(anna, sol, child)
    with pytest.raises(Refused, match="said no before"):
        consent.allow_publishing(conversation_id=child.conversation_id, code=child.code)


def test_no_destroys_what_is_being_edited(letters: Letters) -> None:
    anna = letters.line.counsellor()
    child = letters.answered(anna)
    publishing.save_edition(
        actor=anna.user, conversation_id=child.conversation_id, version=GOOD, number=0, key=child.key, now_ms=now_ms()
    )
    assert consent.take_back(centre_id=letters.centre_id, code=child.code)
    assert not Edition.objects.exists()


def test_the_code_takes_it_off_after_the_letter_is_gone(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    letters.published(anna, sol, child)
    destroy_at_once([child.conversation_id])
    assert not Conversation.objects.filter(pk=child.conversation_id).exists()
    assert not Consent.objects.exists()
    assert PublishedAnswer.objects.count() == 1

    async def work(browser: Any) -> list[httpx.Response]:
        one = browser()
        wrong = await one.post("/live/answers/withdraw", {"code": "0000-0000-0000-0000-0000"})
        none = await one.post("/live/answers/withdraw", {"code": "what?"})
        right = await one.post("/live/answers/withdraw", {"code": child.code.lower()})
        again = await one.post("/live/answers/withdraw", {"code": child.code})
        return [wrong, none, right, again]

    wrong, none, right, again = in_live(work)
    assert (wrong.status_code, none.status_code) == (404, 404)
    assert "This code takes nothing off." in wrong.text
    assert right.headers["location"] == "/en/answers/withdraw?done=1"
    assert again.status_code == 404
    assert not PublishedAnswer.objects.exists()
    assert "This stays so." in Client().get("/en/answers/withdraw?done=1").content.decode()


def test_another_centres_code_opens_nothing_here(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    letters.published(anna, sol, child)
    other = Centre.objects.create(slug="other", country_code="DK", name="Other")
    assert not consent.take_back(centre_id=other.pk, code=child.code)
    assert PublishedAnswer.objects.count() == 1


def test_a_child_who_deletes_the_letter_takes_its_answer_off_too(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    letters.published(anna, sol, child)
    delete_talk(conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    assert not Turn.objects.filter(pk=child.conversation_id).exists()
    assert not PublishedAnswer.objects.exists()


def test_a_restored_backup_does_not_publish_again_what_was_taken_back(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child, stays = letters.answered(anna), letters.answered(anna, hours_ago=2)
    old = letters.published(anna, sol, child)
    letters.published(anna, sol, stays)
    consent.take_back(centre_id=letters.centre_id, code=child.code)
    # The backup of yesterday comes back.
    Consent.objects.filter(pk=child.conversation_id).update(state="yes")
    old.pk = None
    old._state.adding = True
    old.save()
    assert withdrawn.take_off_again() == 1
    assert PublishedAnswer.objects.count() == 1
    assert Consent.objects.get(pk=child.conversation_id).state == "withdrawn"
    assert withdrawn.take_off_again() == 0


def test_lines_for_restores_go_when_no_backup_reaches_them(letters: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    withdrawn.remember(b"\x01" * 32)
    before = len(withdrawn.path().read_text().splitlines())
    now = withdrawn.now()
    monkeypatch.setattr(withdrawn, "now", lambda: now + dt.timedelta(days=9))
    withdrawn.forget_old()
    assert len(withdrawn.path().read_text().splitlines()) < before


def test_the_staff_see_only_that_the_child_said_yes(letters: Letters) -> None:
    anna = letters.line.counsellor(language="en")
    letters.answered(anna)
    page = browser_of(anna).get("/en/desk/letters/publish").content.decode()
    assert "Not begun" in page
    assert "shares a picture" not in page


def test_without_a_return_code_there_is_no_yes(letters: Letters) -> None:
    visitor = make_visitor(letters.line, "letter", letter="dear you")
    number, code = visitor.started.conversation_id, visitor.started.code
    cookies = {settings.VISITOR_COOKIE_NAME: visitor.started.token or ""}

    def press(path: str, **fields: str) -> int:
        async def work(browser: Any) -> httpx.Response:
            return await browser(cookies=cookies).post(path, fields, headers=NO_SCRIPT)

        return int(in_live(work).status_code)

    consent.allow_publishing(conversation_id=number, code=code)
    PublishedAnswer.objects.create(
        centre_id=letters.centre_id,
        service_id=letters.service_id,
        language="en",
        slug="mine",
        title="Mine",
        published_on=dt.date(2026, 1, 1),
        withdraw_hash=withdraw_hash(code),
    )
    assert press("/live/code/unwanted") == 303
    assert not Consent.objects.exists()
    assert not PublishedAnswer.objects.exists()
    assert "Yes, you may" not in visitor.page("/en/letter/read")
    assert press("/live/letter/publish", publish="1") == 409
    assert not Consent.objects.exists()
    assert press("/live/code/wanted") == 303
    assert press("/live/letter/publish", publish="1") == 303
    assert Consent.objects.get().state == "yes"
    ReturnCode.objects.all().delete()
    Consent.objects.all().delete()
    assert press("/live/letter/publish", publish="1") == 409


def test_no_that_was_said_stays_when_the_code_is_unwanted(letters: Letters) -> None:
    child = letters.letter()
    consent.allow_publishing(conversation_id=child.conversation_id, code=child.code)
    consent.take_back(centre_id=letters.centre_id, code=child.code)
    consent.end_without_code(child.conversation_id, letters.centre_id)
    assert Consent.objects.get().state == "withdrawn"


def test_a_restored_backup_does_not_publish_again_what_the_staff_took_off(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    old = letters.published(anna, sol, child)
    number = old.pk
    publishing.take_off(actor=sol.user, answer_id=number)
    anew = letters.published(anna, sol, child)
    # The backup of yesterday has the one that was taken off instead.
    anew.delete()
    old.pk = number
    old.save(force_insert=True)
    assert withdrawn.take_off_again() == 1
    assert Consent.objects.get().state == "yes"
    assert letters.published(anna, sol, child).pk != number
    assert withdrawn.take_off_again() == 0
