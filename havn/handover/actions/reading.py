"""Opening what was asked, for whoever has to pass it on: never before the read is on the trail."""

from havn.accounts.models import User
from havn.audit import api as audit
from havn.handover.models import Handover
from havn.handover.permissions import check_can_pass_on
from havn.vault.api import Keyring


def key_to_pass_on(*, actor: User, handover: Handover, keyring: Keyring, session: str) -> bytes:
    """The key of the talk, to open the text that passes and nothing else of it, after the read stands on the trail.

    Raises if the person does not work at the helpline or holds no key, and when the trail can't be written. Call it
    outside any transaction.
    """
    check_can_pass_on(actor, handover.service)
    key = keyring.conversation_key(handover.conversation_id)
    audit.record_read(
        centre_id=handover.service.organisation.centre_id,
        actor_id=actor.pk,
        conversation_id=handover.conversation_id,
        session=session,
    )
    return key
