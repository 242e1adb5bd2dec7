"""What somebody who has a letter can do because it came by e-mail: see its address, or put it away as not for us."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.actions.record import complete_and_close
from havn.helpline.models import Record, Turn
from havn.mailbox.models import MailThread
from havn.mailbox.permissions import check_can_see_address
from havn.mailbox.sealing import open_facts

# Press to outcome: both are among the helpline's outcomes without a talk.
NOT_FOR_US = {"astray": "wrong-place", "test": "test"}


@transaction.atomic
def show_address(*, actor: User, letter: Turn, key: bytes) -> str:
    """The address that a letter came from, after that stands on the trail. "" when it had none."""
    check_can_see_address(actor, letter)
    thread = MailThread.objects.filter(pk=letter.pk).first()
    audit.record(
        centre_id=letter.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=letter.service_id,
        action="mailbox.address.shown",
        subject=f"conversation:{letter.pk}",
    )
    return open_facts(thread, key).address if thread else ""


@transaction.atomic
def put_away(*, actor: User, conversation_id: int, press: str, key: bytes, now_ms: int) -> Turn:
    """Code a letter that is none, such as advertising or a test, and close it with one press.

    Raises Refused when something of a talk is filled in already, or an answer is being written.
    """
    letter = locked(conversation_id)
    check_can_see_address(actor, letter)
    if press not in NOT_FOR_US:
        raise Refused(_("Choose one of the outcomes."))
    record, _new = Record.objects.get_or_create(pk=letter.pk)
    if record.completed_at is not None:
        raise Refused(_("This letter is closed."))
    if record.reasons or record.summary_sealed:
        raise Refused(_("Something of a talk is filled in already. Close it with the record."))
    record.outcome = NOT_FOR_US[press]
    record.version += 1
    record.save(update_fields=["outcome", "version"])
    return complete_and_close(actor=actor, conversation_id=letter.pk, key=key, now_ms=now_ms)
