"""Care plans: the child's code, the counsellor beside the talk, the clock, and deletion that no restore undoes."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import end_talk
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.helpline.retention.destroy import destroy_at_once
from havn.limits import deleted
from havn.limits.actions import plans
from havn.limits.models import CarePlan, PlanBeside, PlanUse, PlanVersion, RecognitionCode
from havn.limits.queries.plans import found_by_code, plan_beside, plans_at, versions_of
from havn.limits.rules.plans import Plan
from havn.tenancy.models import Centre
from havn.vault import rules as vault
from tests.days import today
from tests.helpline.live_line import NO_SCRIPT, in_live
from tests.helpline.public import Visitor, make_visitor
from tests.limits.conftest import Chat, begin

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}")
WROTE = Plan(
    helps="a walk first", not_helps="advice", who_knows="a teacher", for_child="We begin calmly.", talks_a_week=2
)


@pytest.fixture
def stored_chat(real_transactions: None) -> Chat:
    return begin()


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def centre_of(chat: Chat) -> Centre:
    return chat.line.service.organisation.centre


def offered(chat: Chat) -> str:
    """A plan with words in it; its code."""
    plans.offer_plan(actor=chat.anna.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    _write(chat, WROTE, 0)
    return plans.make_code(conversation_id=chat.id, talk_key=chat.key)


def _write(chat: Chat, plan: Plan, number: int) -> None:
    plans.write_plan(
        actor=chat.anna.user, conversation_id=chat.id, key=chat.key, plan=plan, number=number, now_ms=now_ms()
    )


def _second_visit(chat: Chat, code: str) -> Visitor:
    visitor = make_visitor(chat.line)
    plans.given_at_start(visitor.started, {"plan_code": code})
    return visitor


def test_what_is_written_is_sealed_and_joined_to_no_talk_in_clear(chat: Chat) -> None:
    code = offered(chat)
    plan, version, row = CarePlan.objects.get(), PlanVersion.objects.get(), RecognitionCode.objects.get()
    assert b"calmly" not in bytes(version.sealed)
    assert str(plan.pk).encode() not in bytes(PlanBeside.objects.get().sealed)
    assert {field.name for field in PlanBeside._meta.fields} == {"conversation", "nonce", "sealed"}
    assert code.replace("-", "").encode() not in bytes(row.wrapped) + bytes(row.salt) + bytes(row.nonce)
    found = plan_beside(chat.id, chat.key, today=today())
    assert found
    assert (found.plan, found.number, found.week, found.has_code) == (WROTE, 1, 0, True)


def test_every_version_says_by_whom_and_two_windows_do_not_overwrite_each_other(chat: Chat) -> None:
    offered(chat)
    _write(chat, Plan(helps="music"), 1)
    with pytest.raises(Refused, match="another window"):
        _write(chat, Plan(helps="sleep"), 1)
    found = plan_beside(chat.id, chat.key, today=today())
    assert found
    assert [(one["number"], one["by"], one["plan"].helps) for one in versions_of(found)] == [
        (2, "Anna Berg", "music"),
        (1, "Anna Berg", "a walk first"),
    ]
    _write(chat, Plan(helps="music"), 2)
    assert PlanVersion.objects.count() == 2


def test_the_code_opens_the_plan_and_nothing_else_and_no_other_code_does(chat: Chat) -> None:
    code = offered(chat)
    found = found_by_code(code.lower().replace("-", "  "), centre_of(chat).pk)
    assert found
    assert found[0] == CarePlan.objects.get()
    assert found_by_code(chat.visitor.started.code, centre_of(chat).pk) is None
    assert found_by_code(code, centre_of(chat).pk + 1) is None
    page = chat.visitor.client.get("/en/chat/code")
    assert page.status_code == 200
    from havn.live.api import open_with_code

    assert open_with_code(code, centre_id=centre_of(chat).pk) is None


def test_wrong_codes_do_the_same_work(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    code = offered(chat)
    worked: list[bytes] = []
    unwrap = vault.unwrap

    def counted(secret: bytes, stored: vault.Wrap, info: bytes) -> bytes:
        worked.append(info)
        return unwrap(secret, stored, info)

    monkeypatch.setattr(vault, "unwrap", counted)
    last = "0" if code[-1] != "0" else "1"
    for text in (code, code[:-1] + last, "", "no code", "\x00", "x" * 5000, "0000-0000-0000-0000-0000"):
        found_by_code(text, centre_of(chat).pk)
    assert len(worked) == 7
    assert len(set(worked)) == 1


def test_a_new_code_takes_the_place_of_the_old_one(chat: Chat) -> None:
    old = offered(chat)
    new = plans.make_code(conversation_id=chat.id, talk_key=chat.key)
    assert found_by_code(old, centre_of(chat).pk) is None
    assert found_by_code(new, centre_of(chat).pk)
    assert RecognitionCode.objects.count() == 1


def test_given_at_the_start_it_stands_beside_the_talk_before_the_first_word_and_is_counted(chat: Chat) -> None:
    code = offered(chat)
    visitor = _second_visit(chat, code)
    found = plan_beside(visitor.started.conversation_id, visitor.started.key, today=today())
    assert found
    assert (found.plan, found.week, found.month) == (WROTE, 1, 1)
    assert PlanUse.objects.get().times == 1
    # Somebody else takes it: the plan is the first thing that stands there.
    berit = chat.line.counsellor(name="Berit")
    chat.line.take(berit)
    desk = chat.client(berit).get(f"/desk?talk={visitor.started.conversation_id}").content.decode()
    assert "a walk first" in desk
    assert "given in 1 talks in 7 days, 1 in 30" in desk
    assert desk.index("a walk first") < desk.index("data-log>")


def test_without_the_code_nobody_knows(chat: Chat) -> None:
    offered(chat)
    visitor = make_visitor(chat.line)
    plans.given_at_start(visitor.started, {"plan_code": "  "})
    assert plan_beside(visitor.started.conversation_id, visitor.started.key, today=today()) is None


def test_a_wrong_code_starts_nothing_and_the_form_comes_back_whole(stored_chat: Chat) -> None:
    chat = stored_chat
    code = offered(chat)
    fields = {"service": chat.line.service.slug, "language": "en", "name": "Blue fox"}

    async def work(browser: Any) -> list[httpx.Response]:
        wrong = {"once": fresh_once(), "plan_code": "0000-0000-0000-0000-0000"}
        letter = {"once": fresh_once(), "text": "dear you", "plan_code": "0000-0000-0000-0000-0000"}
        right = {"once": fresh_once(), "plan_code": code.lower()}
        return [
            await browser().post("/live/start", fields | wrong, headers=NO_SCRIPT),
            await browser().post("/live/letter", fields | letter, headers=NO_SCRIPT),
            await browser().post("/live/start", fields | right, headers=NO_SCRIPT),
            await browser().post(
                "/live/letter", fields | letter | {"once": fresh_once(), "plan_code": code}, headers=NO_SCRIPT
            ),
        ]

    wrong, letter, right, with_letter = in_live(work)
    assert (wrong.status_code, letter.status_code) == (409, 409)
    assert "This code opens nothing" in wrong.text
    assert 'value="0000-0000-0000-0000-0000"' in wrong.text
    assert 'value="Blue fox"' in wrong.text
    assert "dear you</textarea>" in letter.text
    assert "This code opens nothing" in letter.text
    assert (right.status_code, with_letter.status_code) == (303, 303)
    assert Turn.objects.count() == 3
    assert PlanUse.objects.get().times == 2


def test_the_child_sees_its_code_once_reads_its_part_and_deletes_it_for_good(stored_chat: Chat) -> None:
    chat = stored_chat
    plans.offer_plan(actor=chat.anna.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    _write(chat, WROTE, 0)
    page = chat.visitor.page("/en/chat/plan")
    assert not CODE.search(page)
    assert "Show me the code" in page
    assert 'href="/en/chat/plan"' in chat.visitor.page("/en/chat/talk")
    cookies = {settings.VISITOR_COOKIE_NAME: chat.visitor.started.token or ""}

    async def work(browser: Any) -> list[httpx.Response]:
        shown = await browser(cookies=cookies).post("/live/plan/code", headers=NO_SCRIPT)
        code = "-".join(re.findall(r'class="code__group">([0-9A-Z]{4})<', shown.text))
        one = browser()
        return [
            shown,
            await one.post("/live/plan/open", {"code": "0000-0000-0000-0000-0000"}, headers=NO_SCRIPT),
            await one.post("/live/plan/open", {"code": code}, headers=NO_SCRIPT),
            await one.post("/live/plan/delete", {"code": "0000-0000-0000-0000-0000"}, headers=NO_SCRIPT),
            await one.post("/live/plan/delete", {"code": code}, headers=NO_SCRIPT),
            await one.post("/live/plan/open", {"code": code}, headers=NO_SCRIPT),
            await browser().post("/live/plan/code", headers=NO_SCRIPT),
        ]

    shown, wrong, read, not_deleted, gone, after, stranger = in_live(work)
    assert shown.headers["cache-control"] == "no-store"
    assert (wrong.status_code, not_deleted.status_code, after.status_code) == (404, 404, 404)
    assert stranger.status_code == 401
    assert "We begin calmly." in read.text
    assert "2 talks a week" in read.text
    for hidden in ("a walk first", "advice", "a teacher", "Anna"):
        assert hidden not in read.text
    assert gone.status_code == 200
    assert "It is deleted" in gone.text
    assert not CarePlan.objects.exists()
    assert not RecognitionCode.objects.exists()
    assert "Nothing is written down here." in chat.visitor.page("/en/chat/plan")
    assert Entry.objects.filter(action="limits.plan.deleted", subject="").count() == 1


def test_no_restore_brings_a_deleted_plan_back(chat: Chat) -> None:
    code = offered(chat)
    plan = CarePlan.objects.get()
    kept = CarePlan(pk=plan.pk, service=plan.service, made_on=plan.made_on)
    assert plans.delete_plan(centre_id=centre_of(chat).pk, code=code)
    assert not plans.delete_plan(centre_id=centre_of(chat).pk, code=code)
    kept.save(force_insert=True)
    assert deleted.delete_again() == 1
    assert not CarePlan.objects.exists()
    assert str(chat.id) not in deleted.path().read_text()


def test_the_clock_destroys_what_was_not_used_and_the_code_with_it(chat: Chat) -> None:
    code = offered(chat)
    day = today()
    CarePlan.objects.update(made_on=day - dt.timedelta(days=400), used_on=day - dt.timedelta(days=179))
    plans.forget_plans(centre_of(chat))
    assert plans_at(chat.line.service.pk) == 1
    CarePlan.objects.update(used_on=day - dt.timedelta(days=180))
    plans.forget_plans(centre_of(chat))
    assert plans_at(chat.line.service.pk) == 0
    assert not RecognitionCode.objects.exists()
    assert found_by_code(code, centre_of(chat).pk) is None


def test_a_plan_outlives_the_talk_in_which_it_was_made(chat: Chat) -> None:
    code = offered(chat)
    end_talk(actor=chat.anna.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    destroy_at_once([chat.id])
    assert not PlanBeside.objects.exists()
    assert plans.read_by_child(centre_id=centre_of(chat).pk, code=code)


def test_only_the_talks_counsellor_offers_and_writes(chat: Chat) -> None:
    berit = chat.line.counsellor(name="Berit")
    with pytest.raises(NotAllowed):
        plans.offer_plan(actor=berit.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    assert chat.client(berit).get(f"/desk/talk/{chat.id}/plan").status_code == 403


def test_the_page_of_a_plan_at_the_desk(chat: Chat) -> None:
    anna, address = chat.client(chat.anna), f"/desk/talk/{chat.id}/plan"
    assert "Offer a care plan" in anna.get(address).content.decode()
    assert anna.post(f"{address}/offer").headers["Location"].endswith(address)
    sent = {"number": "0", "helps": "music", "for_child": "We begin calmly.", "talks_a_week": "3"}
    assert anna.post(address, sent | {"talks_a_week": "99"}).status_code == 400
    assert anna.post(address, sent).status_code == 302
    page = anna.get(address).content.decode()
    assert "music" in page
    assert "Anna Berg" in page
    assert anna.post(address, sent).status_code == 400
    # A child who writes sees the code on its own page.
    assert anna.post(f"{address}/code").status_code == 302
    assert not RecognitionCode.objects.exists()


def test_in_a_call_the_code_is_read_out_and_said(chat: Chat) -> None:
    from havn.phone.actions.calls import start_call

    anna = chat.client(chat.anna)
    call = start_call(actor=chat.anna.user, service=chat.line.service, keyring=chat.anna.keyring, now_ms=now_ms())
    assert anna.post(f"/desk/talk/{call.pk}/plan/offer").status_code == 302
    page = anna.post(f"/desk/talk/{call.pk}/plan/code").content.decode()
    code = CODE.search(page)
    assert code
    assert not CODE.search(anna.get(f"/desk/talk/{call.pk}/plan").content.decode())
    assert anna.post(f"/desk/talk/{chat.id}/plan/recognise", {"code": "wrong"}).status_code == 302
    assert plan_beside(chat.id, chat.key, today=today()) is None
    assert anna.post(f"/desk/talk/{chat.id}/plan/recognise", {"code": code[0]}).status_code == 302
    assert plan_beside(chat.id, chat.key, today=today())


def test_how_many_plans_there_are_is_told_and_never_whose(chat: Chat) -> None:
    offered(chat)
    kari = chat.client(chat.kari)
    for path in ("/desk/settings/limits", "/desk/when"):
        page = kari.get(path).content.decode()
        assert "care plan" in page.lower()
        assert "We begin calmly" not in page
        assert str(chat.id) not in page.replace(f"/desk/when/hold/{chat.id}", "")
