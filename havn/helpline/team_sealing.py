"""Words that belong to no talk, sealed to the team: each has a key of its own, kept as a talk's key is.

So whoever may read talks reads them, a new generation of the team's key takes them along, and destroying the key
destroys the words.
"""

from collections.abc import Iterable

from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.helpline.sealing import open_text, seal_text
from havn.vault import api as vault
from havn.vault.api import Keyring
from havn.vault.models import ConversationKeyWrap
from havn.vault.rules import new_key


def seal_for_team(text: str, *, service_id: int, field: str) -> tuple[int, bytes, bytes]:
    """(id of the key, nonce, sealed), in the caller's transaction. Refused when the helpline has no key yet."""
    team = vault.current_team_key(service_id)
    key, key_id = new_key(), random_id()
    ConversationKeyWrap.objects.create(
        conversation_id=key_id, team_key_id=team.id, wrapped=vault.seal_conversation_key(key, team)
    )
    return key_id, *seal_text(text, conversation_id=key_id, field=field, key=key)


def open_for_team(
    key_id: int, nonce: bytes | memoryview, sealed: bytes | memoryview, *, field: str, keyring: Keyring
) -> str | None:
    """The words again, or None for somebody who holds no key."""
    try:
        key = keyring.conversation_key(key_id)
    except Refused:
        return None
    return open_text(nonce, sealed, conversation_id=key_id, field=field, key=key)


def destroy_keys(key_ids: Iterable[int]) -> None:
    """From now on nobody opens what was sealed with these."""
    vault.destroy_conversation_keys(key_ids)
