"""Recognition codes: none for a browser that saw the chat end, none that keeps out who is in danger, none come back."""

import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from havn.common.clock import now, now_ms
from havn.config.keeping import pending, restore
from havn.helpline.actions.ending import end_talk
from havn.helpline.forms_public import fresh_once
from havn.helpline.models import Turn
from havn.limits import replaced
from havn.limits.actions import plans
from havn.limits.models import CarePlan, LimitsSettings, PlanBeside, PlanVersion, RecognitionCode
from havn.limits.queries import ladder
from havn.limits.queries import plans as queries
from havn.limits.queries.plans import found_by_code, plan_beside, versions_of
from havn.limits.rules.plans import Plan
from havn.limits.sealing import open_plan
from havn.vault.models import ConversationKeyWrap
from tests.helpline.live_line import NO_SCRIPT, in_live
from tests.limits.conftest import Chat, begin
from tests.limits.test_plans import _own_folder, centre_of, offered

__all__ = ["_own_folder"]
WRONG = "0000-0000-0000-0000-0000"


@pytest.fixture
def stored_chat(real_transactions: None) -> Chat:
    return begin()


def test_a_browser_that_saw_the_chat_end_makes_no_code_any_more(stored_chat: Chat) -> None:
    chat = stored_chat
    code = offered(chat)
    assert "Show me the code" in chat.visitor.page("/en/chat/plan")
    end_talk(actor=chat.anna.user, conversation_id=chat.id, key=chat.key, now_ms=now_ms())
    assert chat.visitor.held.is_shut
    assert chat.visitor.leads_to("/en/chat/plan") == "/en/chat/ended"
    cookies = {settings.VISITOR_COOKIE_NAME: chat.visitor.started.token or ""}

    async def work(browser: Any) -> list[httpx.Response]:
        return [
            await browser(cookies=cookies).post("/live/plan/code", headers=NO_SCRIPT),
            await browser(cookies=cookies).post("/live/plan/code", json=True),
        ]

    assert [one.status_code for one in in_live(work)] == [409, 409]
    # The one that the child noted still opens it.
    assert found_by_code(code, centre_of(chat).pk)


def test_a_wrong_code_keeps_nobody_in_danger_out(stored_chat: Chat) -> None:
    chat = stored_chat
    code = offered(chat)
    fields = {"service": chat.line.service.slug, "language": "en", "in_danger": "1"}

    async def work(browser: Any) -> list[httpx.Response]:
        return [
            await browser().post("/live/start", fields | {"once": fresh_once(), "plan_code": typed}, headers=NO_SCRIPT)
            for typed in (WRONG, code)
        ]

    assert [one.status_code for one in in_live(work)] == [303, 303]
    assert Turn.objects.filter(in_danger=True, state="waiting").count() == 2
    # The right one still counts: beside the talk in which it was made, and this one.
    assert PlanBeside.objects.count() == 2


def test_the_teams_keys_open_a_plan_only_through_a_talk(chat: Chat) -> None:
    offered(chat)
    assert not ConversationKeyWrap.objects.filter(pk=CarePlan.objects.get().pk).exists()
    assert set(ConversationKeyWrap.objects.values_list("pk", flat=True)) == {chat.id}


def test_a_replaced_code_stays_useless_after_a_restore(stored_chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = stored_chat
    old = offered(chat)
    backed_up = RecognitionCode.objects.values().get()
    new = plans.make_code(conversation_id=chat.id, talk_key=chat.key)
    # Brought back as the backup has it.
    RecognitionCode.objects.all().delete()
    RecognitionCode.objects.create(**backed_up)
    assert found_by_code(old, centre_of(chat).pk)
    _finish(monkeypatch)
    assert found_by_code(old, centre_of(chat).pk) is None
    assert found_by_code(new, centre_of(chat).pk) is None
    # The plan lives on, and its child gets a code that works.
    found = plan_beside(chat.id, chat.key, today=now().date())
    assert found
    assert found.has_code
    fresh = plans.make_code(conversation_id=chat.id, talk_key=chat.key)
    assert replaced.end_again() == 0
    assert found_by_code(fresh, centre_of(chat).pk)


def _finish(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a restore, as `havn restore --finish` does it."""
    mark = Path(settings.DATA) / "restored"
    mark.touch()
    monkeypatch.setattr(pending, "mark_path", lambda folder: mark)
    monkeypatch.setattr(pending, "made_at", lambda folder: None)
    monkeypatch.setattr(restore, "_sign", lambda write: None)
    assert restore.finish_pending()


def test_lines_of_replaced_codes_go_with_the_last_backup(chat: Chat) -> None:
    offered(chat)
    plans.make_code(conversation_id=chat.id, talk_key=chat.key)
    fresh = replaced.path().read_text()
    replaced.path().write_text(f"2020-01-01 1 {secrets.token_hex(16)}\n{fresh}")
    replaced.forget_old()
    assert replaced.path().read_text() == fresh


def test_a_desk_drawn_anew_opens_the_latest_version_alone_and_reads_each_row_once(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered(chat)
    chat.kind_word()
    LimitsSettings.objects.create(service=chat.line.service)
    for number, helps in ((1, "music"), (2, "sleep")):
        plan = Plan(helps=helps)
        plans.write_plan(
            actor=chat.anna.user, conversation_id=chat.id, key=chat.key, plan=plan, number=number, now_ms=now_ms()
        )
    chat.desk()
    opened: list[int] = []

    def counted(version: PlanVersion, key: bytes) -> Plan:
        opened.append(version.number)
        return open_plan(version, key)

    monkeypatch.setattr(queries, "open_plan", counted)
    # Who is on duty is in the queue's snapshot, which the desk has.
    monkeypatch.setattr(ladder, "on_duty", None)
    with CaptureQueriesContext(connection) as asked:
        assert "sleep" in chat.desk()
    assert opened == [3]
    for table in ("limits_limit", "limits_limitssettings"):
        read = [one["sql"] for one in asked if f'FROM "{table}"' in one["sql"]]
        assert read, table
        assert len(read) == len(set(read)), table
    found = plan_beside(chat.id, chat.key, today=now().date())
    assert found
    assert [one["number"] for one in versions_of(found)] == [3, 2, 1]
