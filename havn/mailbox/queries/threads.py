"""Finding the thread that an e-mail belongs to, and what is shown of it."""

import secrets
from dataclasses import dataclass

from havn.live.models import Participant
from havn.mailbox.models import MailThread
from havn.vault import rules as vault
from havn.vault.rules.wraps import decoy

TOKEN_INFO = b"havn mail token 1"
_DECOY = decoy(TOKEN_INFO)


@dataclass(frozen=True, repr=False)
class OpenThread:
    """A thread that a token opened. Holds the conversation's key: keep it no longer than the e-mail."""

    row: MailThread
    key: bytes
    participant_id: int


def thread_of_token(service_id: int, token: str) -> OpenThread | None:
    """The thread of this helpline that a token opens. Wrong and expired tokens cost the same work."""
    code = vault.ReturnCode.parse(token)
    wanted = code or vault.ReturnCode(0, secrets.token_bytes(10))
    row = MailThread.objects.filter(locator=wanted.locator, conversation__service_id=service_id).first()
    stored = vault.Wrap(bytes(row.salt), bytes(row.nonce), bytes(row.wrapped)) if row else _DECOY
    try:
        key = vault.unwrap(wanted.secret, stored, TOKEN_INFO)
    except vault.DoesNotOpen:
        return None
    part = Participant.objects.filter(conversation_id=row.pk, role=Participant.Role.VISITOR).first() if row else None
    return OpenThread(row, key, part.pk) if row and part else None


def thread_of_tokens(service_id: int, tokens: tuple[str, ...]) -> OpenThread | None:
    """The thread of the first token that opens one."""
    for token in tokens:
        found = thread_of_token(service_id, token)
        if found is not None:
            return found
    return None


def thread_of(conversation_id: int) -> MailThread | None:
    """What is kept beside a letter that came by e-mail; None for every other conversation."""
    return MailThread.objects.filter(pk=conversation_id).first()
