"""Who carried off everything: database, settings, disk. Run as a program on the copy; prints what it could open.

without    every run of 32 bytes on the disk and in the tables, tried as a key of every message and every wrap
with       one person's password (by standard input), as after a real sign-in
"""

import json
import sys
from collections.abc import Iterator
from typing import Any


def without() -> dict[str, Any]:
    """Texts and team keys that open with nothing but what was stolen."""
    from havn.live.models import Message
    from havn.vault.models import ConversationKeyWrap, TeamKeyWrap
    from havn.vault.rules import DoesNotOpen, bindings, message_aad, open_, open_with

    messages = list(Message.objects.exclude(key_generation=0))
    wraps = [
        (wrap.wrapped, bindings.conversation_info(wrap.team_key.service_id, wrap.team_key.generation))
        for wrap in ConversationKeyWrap.objects.select_related("team_key")
    ] + [
        (wrap.wrapped, bindings.member_info(wrap.team_key.service_id, wrap.team_key.generation, wrap.user_id))
        for wrap in TeamKeyWrap.objects.select_related("team_key")
    ]
    opened = tried = 0
    for key in set(_keys()):
        tried += 1
        for one in messages:
            aad = message_aad(one.conversation_id, one.seq, one.author, one.kind, one.key_generation)
            try:
                open_(key, one.nonce, one.body, aad)
                opened += 1
            except DoesNotOpen:
                pass
        for sealed, info in wraps:
            try:
                open_with(key, sealed, info)
                opened += 1
            except DoesNotOpen:
                pass
    return {"messages": len(messages), "tried": tried, "opened": opened}


def with_password() -> dict[str, Any]:
    """What one person's password opens: all texts of all talks they hold keys for, and their private key."""
    from havn.accounts.models import User
    from havn.live.models import Conversation, Message
    from havn.vault.api import Keyring, KeyUnavailable, open_staff_key
    from havn.vault.rules import message_aad, open_

    wish = json.load(sys.stdin)
    user = User.objects.get(username=wish["username"])
    # A private key kept from an earlier copy, when the account has none any more.
    private = bytes.fromhex(wish["private"]) if wish.get("private") else open_staff_key(user, wish["password"])
    assert private is not None
    keyring = Keyring(user.pk, private)
    texts, closed = [], 0
    for conversation in Conversation.objects.all():
        try:
            key = keyring.conversation_key(conversation.pk)
        except KeyUnavailable:
            closed += 1
            continue
        for one in Message.objects.filter(conversation=conversation).exclude(key_generation=0):
            aad = message_aad(one.conversation_id, one.seq, one.author, one.kind, one.key_generation)
            texts.append(open_(key, one.nonce, one.body, aad).decode())
    organisation = user.memberships.values_list("organisation_id", flat=True).first()
    return {
        "texts": texts, "closed": closed, "private": private.hex(), "user": user.pk, "organisation": organisation,
    }  # fmt: skip


def _keys() -> Iterator[bytes]:
    """Runs of 32 bytes that could be a key."""
    import hashlib
    from pathlib import Path

    from django.apps import apps
    from django.conf import settings
    from django.db import models

    for path in Path(settings.DATA).rglob("*"):
        if path.is_file() and path.stat().st_size <= 4096:
            raw = path.read_bytes()
            yield from _runs(raw)
            yield hashlib.sha256(raw).digest()
            try:
                yield from _runs(bytes.fromhex(raw.decode().strip()))
            except ValueError:
                continue
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.BinaryField):
                for value in model._base_manager.values_list(field.attname, flat=True):
                    yield from _runs(bytes(value or b""))


def _runs(raw: bytes) -> Iterator[bytes]:
    for start in {0, 12, 16, 28, 32, len(raw) - 48, len(raw) - 32}:
        if 0 <= start <= len(raw) - 32:
            yield raw[start : start + 32]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"without": without, "with": with_password}[sys.argv[1]]()))
