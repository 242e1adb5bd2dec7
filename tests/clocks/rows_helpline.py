"""Talks and what stands beside them, duties, files of contacts, lines for restores."""

import datetime as dt
import secrets

from django.db import connection

from havn.common.clock import now_ms
from havn.helpline.actions.ending import end_talk
from havn.helpline.imports import actions as imports
from havn.helpline.models import BatchRows, ContactBatch, Duty
from havn.helpline.retention import departed, journal
from havn.helpline.retention.duties import DUTIES_KEPT
from havn.helpline.retention.rules import Clocks
from havn.helpline.retention.tables import tables_about_conversations
from havn.helpline.team_sealing import seal_for_team
from havn.letterbox import withdrawn
from havn.live.models import Conversation
from havn.phone.actions.settling import SEEN_MS
from havn.phone.models import Call, DayKey, SeenMessage
from havn.phone.rules.calls import DAY_MS
from havn.supervision.models import ShiftNote
from havn.supervision.queries.settings import supervision_of
from havn.vault.models import ConversationKeyWrap
from tests.clocks.places import line, person
from tests.clocks.rows import Left, Make
from tests.helpline.factories import Child


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _rows_about(conversation_id: int) -> int:
    found = ConversationKeyWrap.objects.filter(pk=conversation_id).count()
    with connection.cursor() as cursor:
        for table in tables_about_conversations():
            cursor.execute(f'SELECT count(*) FROM "{table.name}" WHERE "{table.column}" = %s', [conversation_id])
            found += cursor.fetchone()[0]
    return found


def _talk(runs_out: dt.datetime) -> Left:
    helpline = line()
    anna = helpline.counsellor(seats=5)
    child: Child = helpline.child()
    helpline.take(anna)
    child.says("the blue heron flies at noon")
    end_talk(actor=anna.user, conversation_id=child.conversation_id, key=child.key, now_ms=now_ms())
    last = runs_out - dt.timedelta(days=Clocks().keep_days)
    Conversation.objects.filter(pk=child.conversation_id).update(last_at_ms=_ms(last))
    return lambda: _rows_about(child.conversation_id)


def _duty(runs_out: dt.datetime) -> Left:
    ended = _ms(runs_out - DUTIES_KEPT)
    row = Duty.objects.create(
        service=line().service, user=person().user, role="counsellor", seats=1, languages=["en"],
        started_at_ms=ended - 3_600_000, alive_until_ms=ended, ended_at_ms=ended,
    )  # fmt: skip
    return lambda: Duty.objects.filter(pk=row.pk).count()


def _file(runs_out: dt.datetime) -> Left:
    rows = [["Date", "Reason"], ["2022-02-01", secrets.token_hex(4)]]
    batch = imports.take_in(actor=person().user, service=line().service, rows=rows)
    ContactBatch.objects.filter(pk=batch.pk).update(made_at=runs_out - imports.STAGED_KEPT)
    return lambda: BatchRows.objects.filter(batch_id=batch.pk).count()


def _destroyed(runs_out: dt.datetime) -> Left:
    line()
    number = secrets.randbelow(1 << 53)
    journal.add_line(journal.path(), f"{(runs_out - journal.KEPT).date()} {number}")
    return lambda: journal.destroyed().count(number)


def _departed(runs_out: dt.datetime) -> Left:
    line()
    number = 1 + secrets.randbelow(1 << 30)
    journal.add_line(departed.path(), f"{(runs_out - journal.KEPT).isoformat()} {number} 1 counsellor taken")
    return lambda: sum(held.user_id == number for held in departed.taken_since(None))


def _withdrawn(runs_out: dt.datetime) -> Left:
    line()
    mark = secrets.token_hex(16)
    journal.add_line(withdrawn.path(), f"{(runs_out - journal.KEPT).date()} {mark}")
    return lambda: sum(text == mark for _day, text in journal.lines_in(withdrawn.path(), fields=2))


def _note(runs_out: dt.datetime) -> Left:
    service = line().service
    key_id, nonce, sealed = seal_for_team("ask about the lighthouse", service_id=service.pk, field="note")
    at_ms = _ms(runs_out) - supervision_of(service.pk).note_days * DAY_MS
    ShiftNote.objects.create(pk=key_id, service=service, by=person().user, nonce=nonce, sealed=sealed, at_ms=at_ms)
    return lambda: ShiftNote.objects.filter(pk=key_id).count() + ConversationKeyWrap.objects.filter(pk=key_id).count()


def _caller(runs_out: dt.datetime) -> Left:
    helpline = line()
    made = _ms(runs_out) - DAY_MS
    key = DayKey.objects.create(sealed=b"sealed", made_at_ms=made)
    call = Call.objects.create(
        service=helpline.service, mark=secrets.token_bytes(32), caller=b"mark of a caller", caller_key=key,
        rang_ms=made, ended_ms=made, counted=True, last_at_ms=now_ms(),
    )  # fmt: skip
    return lambda: (
        DayKey.objects.filter(pk=key.pk).count() + Call.objects.filter(pk=call.pk).exclude(caller=b"").count()
    )


def _call(runs_out: dt.datetime) -> Left:
    at = _ms(runs_out) - DAY_MS
    row = Call.objects.create(
        service=line().service, mark=secrets.token_bytes(32), rang_ms=at, ended_ms=at, counted=True, last_at_ms=at
    )
    return lambda: Call.objects.filter(pk=row.pk).count()


def _message(runs_out: dt.datetime) -> Left:
    row = SeenMessage.objects.create(
        service=line().service, mark=secrets.token_bytes(32), at_ms=_ms(runs_out) - SEEN_MS
    )
    return lambda: SeenMessage.objects.filter(pk=row.pk).count()


ROWS: dict[str, Make] = {
    "helpline.talks": _talk,
    "helpline.duties": _duty,
    "helpline.imports": _file,
    "helpline.destroyed": _destroyed,
    "helpline.departed": _departed,
    "letterbox.withdrawn": _withdrawn,
    "supervision.notes": _note,
    "phone.callers": _caller,
    "phone.calls": _call,
    "phone.messages": _message,
}
