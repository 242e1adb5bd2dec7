"""What happens when an event of the telephone system comes in. Once each, in any order, in one short transaction.

The helpline's row in `Connection` is locked first, so that two events of one call follow each other.
"""

from django.db import transaction

from havn.accounts.api import has_role
from havn.accounts.models import User
from havn.common.clock import from_ms
from havn.helpline.actions.duty import lock_queue
from havn.helpline.actions.ending import finish, locked
from havn.helpline.models import Turn
from havn.helpline.rules.roles import WORKS
from havn.phone.actions.calls import bring_to_desk
from havn.phone.actions.telling import calls_changed
from havn.phone.marks import call_mark, caller_mark, message_mark
from havn.phone.models import Call, Connection, Extension, Secret, SeenMessage
from havn.phone.queries.calls import told_of
from havn.phone.rules.calls import after
from havn.phone.rules.messages import ANSWERED, TEST, Event
from havn.tenancy.models import Service
from havn.vault.api import holds


@transaction.atomic
def take_event(*, service: Service, event: Event, message_id: str, secret_id: int, now_ms: int) -> bool:
    """Do what an event says. False when a message of this id was taken already: then nothing is done.

    The signature is the caller's concern. Raises Refused when the helpline has no team key to seal a call to.
    """
    Connection.objects.get_or_create(pk=service.pk)
    connection = Connection.objects.select_for_update(of=("self",)).get(pk=service.pk)
    mark = message_mark(service.pk, message_id)
    if SeenMessage.objects.filter(service=service, mark=mark).exists():
        return False
    SeenMessage.objects.create(service=service, mark=mark, at_ms=now_ms)
    connection.last_event_ms, connection.last_event = now_ms, event.kind
    connection.save(update_fields=["last_event_ms", "last_event"])
    Secret.objects.filter(pk=secret_id).update(used_at=from_ms(now_ms - now_ms % 60_000))
    if event.kind != TEST:
        _take(service, event, now_ms)
    return True


def _take(service: Service, event: Event, now_ms: int) -> None:
    # Seats may change hands below; the queue's row comes before any turn's, as everywhere.
    lock_queue(service.pk)
    mark = call_mark(service.pk, event.call)
    call = Call.objects.select_for_update(of=("self",)).filter(service=service, mark=mark).first()
    call = call or Call(service=service, mark=mark)
    if call.counted:
        return
    told = after(told_of(call), event)
    call.rang_ms, call.answered_ms, call.ended_ms, call.reason = (
        told.rang_ms, told.answered_ms, told.ended_ms, told.reason,
    )  # fmt: skip
    call.last_at_ms = now_ms
    if event.number and not call.caller:
        call.caller_key, call.caller = caller_mark(service.pk, event.number, now_ms=now_ms)
    if event.kind == ANSWERED and call.answered_by is None:
        call.answered_by = _person_at(service, event.extension)
    call.save()
    if told.answered_ms is not None and call.conversation_id is None and call.answered_by is not None:
        bring_to_desk(call, service=service, to=call.answered_by)
    elif told.ended_ms is not None and call.conversation_id is not None:
        turn = locked(call.conversation_id)
        if turn.state == Turn.State.TALKING:
            finish(turn, by=Turn.EndedBy.CALLER, key=None, now_ms=told.over_ms)
    calls_changed(service.pk)


def _person_at(service: Service, extension: str) -> User | None:
    """Whose extension it is, if they work at the helpline and hold its key today: else anybody may claim the call."""
    row = Extension.objects.select_related("user").filter(service=service, name=extension).first()
    if row is None or not row.user.is_active or not has_role(row.user, service, *WORKS):
        return None
    return row.user if holds(row.user_id, service.pk) else None
