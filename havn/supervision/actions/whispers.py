"""A word to the counsellor while a talk runs."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.ending import locked
from havn.helpline.models import Turn
from havn.helpline.sealing import seal_text
from havn.live.models import Conversation
from havn.supervision.models import Whisper
from havn.supervision.permissions import check_can_whisper
from havn.supervision.telling import supervision_changed
from havn.vault.api import Keyring

LONGEST = 1_000
FIELD = "whisper"


@transaction.atomic
def whisper(*, actor: User, conversation_id: int, text: str, keyring: Keyring, now_ms: int) -> Whisper:
    """Say something that only the talk's counsellor of now and supervisors read. The talk's log and its streams stay as
    they are, so that nothing tells its child."""
    turn = locked(conversation_id)
    check_can_whisper(actor, turn)
    words = text.strip()
    if not words:
        raise Refused(_("There is nothing to send yet."))
    if len(words) > LONGEST:
        raise Refused(_("Whispers are short: at most 1,000 characters."))
    if turn.state != Turn.State.TALKING or turn.counsellor_id is None:
        raise Refused(_("This talk has already ended."))
    nonce, sealed = seal_text(words, conversation_id=turn.pk, field=FIELD, key=keyring.conversation_key(turn.pk))
    said = Whisper.objects.create(
        conversation_id=turn.pk,
        by=actor,
        to_id=turn.counsellor_id,
        nonce=nonce,
        sealed=sealed,
        after_seq=last_seq(turn.pk),
        at_ms=now_ms,
    )
    supervision_changed(turn.service_id)
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action="supervision.whispered",
    )
    return said


def last_seq(conversation_id: int) -> int:
    """The last place of a talk's log."""
    return Conversation.objects.values_list("last_seq", flat=True).get(pk=conversation_id)
