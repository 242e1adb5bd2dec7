"""What one signed-in person can open: session cookie -> their private key -> team's private key -> conversation key.

A Keyring lives in memory only. In `web` it lives as long as a request; `live` keeps one per session, closed within
two seconds of sign-out, lock, removal or a changed role.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from havn.accounts.api import roles_that_may
from havn.accounts.models import Membership
from havn.common.errors import Refused
from havn.vault.models import ConversationKeyWrap, TeamKey, TeamKeyWrap
from havn.vault.rules import DoesNotOpen, bindings, open_with
from havn.vault.rules.aead import Stored

# Where no word comes that something changed, a keyring still asks the database again after this time.
GRANTS_SECONDS = 15.0
CONVERSATION_SECONDS = 60.0
MOST_CONVERSATIONS = 500


class KeyUnavailable(Refused):
    """This person cannot open this. The same words for a talk of others, a destroyed one and one that never was."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("You cannot open this conversation."))


@dataclass(frozen=True)
class _Grant:
    service_id: int
    generation: int
    current: bool
    wrapped: bytes


class Keyring:
    """The keys of one person in one session. Thread-safe. Everything fails with KeyUnavailable once it is closed."""

    def __init__(self, user_id: int, private: bytes | None, session: bytes = b"") -> None:
        self.user_id = user_id
        self.session = session
        self._private = private
        self._lock = threading.RLock()
        self._grants: dict[int, _Grant] = {}
        self._grants_until = 0.0
        self._teams: dict[int, bytes] = {}
        self._conversations: OrderedDict[int, tuple[float, bytes]] = OrderedDict()

    @property
    def is_open(self) -> bool:
        """Whether the session's key opened at all. A closed keyring holds nothing."""
        return self._private is not None

    def close(self) -> None:
        """Drop every key."""
        with self._lock:
            self._private = None
            self._grants, self._grants_until = {}, 0.0
            self._teams.clear()
            self._conversations.clear()

    def holds(self, service_id: int) -> bool:
        """Whether this person may read the service's talks of today: let in, and still in a role that reads."""
        with self._lock:
            return any(grant.service_id == service_id and grant.current for grant in self._fresh_grants().values())

    def team_private(self, team_key_id: int) -> bytes:
        """The private half of one generation. For the vault's own actions. Raises KeyUnavailable."""
        with self._lock:
            grant = self._fresh_grants().get(team_key_id)
            if grant is None:  # perhaps a generation made since we last asked
                self._grants_until = 0.0
                grant = self._fresh_grants().get(team_key_id)
            if grant is None or self._private is None:
                raise KeyUnavailable
            if team_key_id not in self._teams:
                info = bindings.member_info(grant.service_id, grant.generation, self.user_id)
                self._teams[team_key_id] = _open(self._private, grant.wrapped, info)
            return self._teams[team_key_id]

    def conversation_key(self, conversation_id: int) -> bytes:
        """The key of one conversation. Raises KeyUnavailable."""
        with self._lock:
            self._fresh_grants()
            known = self._conversations.get(conversation_id)
            if known and known[0] > time.monotonic():
                self._conversations.move_to_end(conversation_id)
                return known[1]
            wrap = ConversationKeyWrap.objects.filter(pk=conversation_id).first()
            if wrap is None:
                raise KeyUnavailable
            private = self.team_private(wrap.team_key_id)
            grant = self._grants[wrap.team_key_id]
            key = _open(private, wrap.wrapped, bindings.conversation_info(grant.service_id, grant.generation))
            self._keep(conversation_id, key)
            return key

    def forget_conversations(self, conversation_ids: Iterable[int]) -> None:
        """Drop the keys of these conversations."""
        with self._lock:
            for conversation_id in conversation_ids:
                self._conversations.pop(conversation_id, None)

    def _keep(self, conversation_id: int, key: bytes) -> None:
        self._conversations[conversation_id] = (time.monotonic() + CONVERSATION_SECONDS, key)
        self._conversations.move_to_end(conversation_id)
        while len(self._conversations) > MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)

    def _fresh_grants(self) -> dict[int, _Grant]:
        """The wraps this person has now; keys opened under one that is gone are dropped with it."""
        if self._private is None:
            return {}
        if self._grants_until < time.monotonic():
            grants = _grants_of(self.user_id)
            if grants != self._grants:
                self._teams.clear()
                self._conversations.clear()
            self._grants = grants
            self._grants_until = time.monotonic() + GRANTS_SECONDS
        return self._grants


def _grants_of(user_id: int) -> dict[int, _Grant]:
    role = Membership.objects.filter(
        user_id=user_id,
        organisation_id=OuterRef("team_key__service__organisation_id"),
        role__in=roles_that_may("keys.hold"),
    )
    confirmed = TeamKey.objects.filter(pk=OuterRef("team_key_id"), service__recovery_keys__confirmed_at__isnull=False)
    rows = (
        TeamKeyWrap.objects.filter(Exists(role), Exists(confirmed), user_id=user_id, user__is_active=True)
        .values_list("team_key_id", "team_key__service_id", "team_key__generation", "team_key__retired_at", "wrapped")
        .order_by(F("team_key_id"))
    )
    return {
        key_id: _Grant(service_id, generation, retired_at is None, bytes(wrapped))
        for key_id, service_id, generation, retired_at, wrapped in rows
    }


def _open(private: bytes, wrapped: Stored, info: bytes) -> bytes:
    try:
        return open_with(private, wrapped, info)
    except DoesNotOpen:
        raise KeyUnavailable from None
