"""What the mailbox seals: to the server's key what must be read with nobody signed in, to a thread's key who writes."""

import json
from dataclasses import asdict, dataclass

from havn.common.signatures import key_of
from havn.helpline.sealing import open_text, seal_text
from havn.mailbox.models import HookSecret, Mailbox, MailThread
from havn.vault.api import open_for_server, seal_for_server
from havn.vault.server_key import DoesNotOpen

_FACTS = "mail-facts"


@dataclass(frozen=True, repr=False)
class Facts:
    """Who writes in a thread. `message_id` names the last e-mail, `subject` is of the first."""

    address: str
    subject: str
    token: str
    message_id: str


def seal_facts(thread: MailThread, facts: Facts, key: bytes) -> None:
    """Put the facts into the row; the caller saves it."""
    text = json.dumps(asdict(facts), ensure_ascii=False)
    thread.facts_nonce, thread.facts_sealed = seal_text(
        text, conversation_id=thread.conversation_id, field=_FACTS, key=key
    )


def open_facts(thread: MailThread, key: bytes) -> Facts:
    """The facts again. Raises what the vault raises for a wrong key."""
    text = open_text(
        thread.facts_nonce, thread.facts_sealed, conversation_id=thread.conversation_id, field=_FACTS, key=key
    )
    return Facts(**json.loads(text))


def seal_password(service_id: int, password: str) -> bytes:
    """The password of a mailbox, for this helpline alone."""
    return seal_for_server(password.encode(), f"mailbox:{service_id}") if password else b""


def password_of(box: Mailbox) -> str:
    """The password again; "" without one, and for one that came from another server's backup."""
    if not box.password_sealed:
        return ""
    try:
        return open_for_server(box.password_sealed, f"mailbox:{box.service_id}").decode()
    except DoesNotOpen:
        return ""


def seal_hook_secret(secret_id: int, secret: str) -> bytes:
    """Sealed for this row alone."""
    return seal_for_server(secret.encode(), f"mailbox-hook:{secret_id}")


def signing_keys(service_id: int) -> list[tuple[int, bytes]]:
    """(number, bytes that sign) of every secret of a helpline, the newest first."""
    rows = HookSecret.objects.filter(service_id=service_id).order_by("-made_at", "pk")
    return [(row.pk, key_of(secret)) for row in rows if (secret := _opened(row)) is not None]


def _opened(row: HookSecret) -> str | None:
    """None for one that came from a backup of another server: its key is not here."""
    try:
        return open_for_server(row.sealed, f"mailbox-hook:{row.pk}").decode()
    except DoesNotOpen:
        return None
