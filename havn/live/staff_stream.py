"""The stream of a member of staff: every conversation they take part in, and the topics of their services.

No text before the read is in the audit log and the key has opened; none while the session is locked. A page that
only follows the topics, such as a list, opens it without the conversations: no text goes there and no read is recorded.
"""

import asyncio
import logging
import random
import time
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_noop as _

from havn.audit import api as audit
from havn.common.errors import Refused
from havn.live import frames, heads
from havn.live.channels import Subscription
from havn.live.heads import Head
from havn.live.log import Entry
from havn.live.registry import Viewer, services_of
from havn.live.seats import Seat
from havn.live.streams import Stream
from havn.vault import rules as vault
from havn.vault.api import Keyring

if TYPE_CHECKING:
    from havn.live.runtime import Live

RECHECK_SECONDS = 12.0
_log = logging.getLogger("havn.live")


class StaffStream(Stream):
    """See README.md for its events."""

    __slots__ = ("_after", "_checking", "_live", "_of", "_recheck", "_talks", "check_at", "seat", "services")

    def __init__(
        self, live: "Live", seat: Seat, after: dict[int, int], language: str, *, with_talks: bool = True
    ) -> None:
        super().__init__(live.channels, language)
        self._live = live
        self._after = after
        self._talks = with_talks
        self._of: dict[int, Subscription] = {}
        self._checking: asyncio.Task[None] | None = None
        self._recheck = False
        self.seat = seat
        self.services: frozenset[int] = frozenset()
        self.check_at = _next_check()

    @property
    def user_id(self) -> int:
        return self.seat.user_id

    def subscriptions(self) -> list[Subscription]:
        return list(self._of.values())

    def subscription(self, conversation_id: int) -> Subscription | None:
        return self._of.get(conversation_id)

    async def opened(self) -> None:
        self._live.crowd.add_desk(self)
        ids, services = await self._live.readers.run(self._places)
        self.services = services
        for conversation_id in ids:
            await self._join(conversation_id)
        told = [self._conversation(one) for one in self._of.values()]
        self.push(frames.event("hello", {"user": self.user_id, "locked": self.seat.locked, "conversations": told}))
        self.flush()
        for one in list(self._of.values()):
            await self._grant(one)
        self._live.topics.tell(self)

    def closed(self) -> None:
        self._live.crowd.remove_desk(self)

    def give(self, subscription: Subscription, entry: Entry) -> None:
        assert subscription.channel.head is not None
        frame = frames.for_staff(entry, subscription.channel.head, subscription.viewer, self.language)
        if frame:
            self.put(b"id: " + self._cursor().encode() + b"\n" + frame)

    def head_changed(self, subscription: Subscription, before: Head, head: Head) -> None:
        me = head.person_of(self.user_id)
        if me is None:
            return self.ended(subscription)
        if (me.id, me.role) != (subscription.viewer.participant_id, subscription.viewer.role):
            # Came back into it, or in another role: what they write from here on is theirs under the new part.
            subscription.viewer = Viewer(me.id, me.role, self.user_id)
        old = {one.id: one for one in before.people.values() if not one.left}
        new = {one.id: one for one in head.people.values() if not one.left}
        if before.state != head.state or _faces(old) != _faces(new):
            self.push(frames.event("conversation", frames.conversation(head, me, subscription.channel.visitor_here)))
        for one in new.values():
            if one.id in old and old[one.id].read_up_to != one.read_up_to:
                data = {"conversation": head.id, "participant": one.id, "role": one.role, "up_to": one.read_up_to}
                self.push(frames.event("read", data))

    def ended(self, subscription: Subscription) -> None:
        self._of.pop(subscription.channel.id, None)
        self.channels.unsubscribe(subscription)
        self.push(frames.event("left", {"conversation": subscription.channel.id}))

    def resynced(self) -> None:
        for one in self._of.values():
            self.push(frames.event("conversation", self._conversation(one)))
        self._live.topics.tell(self)

    def ping(self) -> None:
        if self.is_dead():
            self.cut()
        elif not self._sending:
            self.push(frames.PING)
        if time.monotonic() > self.check_at:
            self.check()

    def check(self) -> None:
        """Look again who this is, what they may and where they take part. Safe to call at any time."""
        self._recheck = True
        if self._checking is None and not self._over:
            self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        try:
            while self._recheck and not self._over:
                self._recheck = False
                await self._check_once()
        except Exception:
            # Not knowing whether they still may, we must not go on.
            _log.exception("A staff stream could not be checked and was closed.")
            self.end()
        finally:
            self._checking = None

    async def _check_once(self) -> None:
        self.check_at = _next_check()
        was_locked = self.seat.locked
        seat = await self._live.seats.again(self.seat)
        if seat is None or seat.user_id != self.user_id:
            return self.end(frames.SIGNED_OUT)
        self.seat = seat
        if seat.locked or not seat.keyring.is_open:
            for one in self._of.values():
                one.cipher = None
        else:
            await self._take_back(seat.keyring)
        if seat.locked != was_locked:
            self.push(frames.LOCKED if seat.locked else frames.UNLOCKED)
        ids, services = await self._live.readers.run(self._places)
        self.services = services
        for conversation_id, one in list(self._of.items()):
            if conversation_id not in ids:
                self.ended(one)
        for conversation_id in ids:
            if conversation_id not in self._of and await self._join(conversation_id):
                one = self._of[conversation_id]
                self.push(frames.event("conversation", self._conversation(one)))
        for one in list(self._of.values()):
            await self._grant(one)

    def _places(self) -> tuple[list[int], frozenset[int]]:
        """The conversations this line brings, and the services whose topics it brings. Blocking."""
        return heads.of_user(self.user_id) if self._talks else [], _services(self.user_id)

    async def _take_back(self, keyring: Keyring) -> None:
        """No more text of talks whose key this person holds no longer: taken out of it, or of the role."""
        held = [one for one in self._of.values() if one.cipher is not None]
        if held:
            opened = await self._live.readers.run(lambda: [_opens(keyring, one.channel.id) for one in held])
            for one, still in zip(held, opened, strict=True):
                one.cipher = one.cipher if still else None

    async def _join(self, conversation_id: int) -> bool:
        found = (await self._live.readers.run(lambda: heads.load([conversation_id]))).get(conversation_id)
        me = found.person_of(self.user_id) if found else None
        if found is None or me is None:
            return False
        viewer = Viewer(me.id, me.role, self.user_id)
        after = self._after.pop(conversation_id, 0)
        one = await self.channels.subscribe(self, conversation_id, viewer, None, after)
        if one is None:
            return False
        if self._over:
            self.channels.unsubscribe(one)
            return False
        self._of[conversation_id] = one
        head = one.channel.head
        if head is None or me.id not in head.people:
            self.channels.renew(one.channel, found)
            # It was read before the place was taken: the other may have been the newer one after all.
            self.channels.refresh([conversation_id])
        return True

    async def _grant(self, one: Subscription) -> None:
        """Open the key and record the read; only then does text flow."""
        if self.seat.locked or self._over:
            return
        if one.cipher is not None:
            self.channels.catch_up(one.channel)
            return
        head, keyring = one.channel.head, self.seat.keyring
        assert head is not None
        seat = self.seat

        def open_and_record() -> AESGCM:
            cipher = vault.cipher(keyring.conversation_key(head.id))
            named = head.kind.reading_session
            session = named(self.user_id, head.service_id, seat.session_id_hash) if named else seat.session
            audit.record_read(centre_id=head.centre_id, actor_id=self.user_id, conversation_id=head.id, session=session)
            return cipher

        try:
            cipher = await self._live.readers.run(open_and_record)
        except Refused as refused:
            self.push(frames.event("unreadable", {"conversation": head.id, "error": refused.sentence}))
        except Exception:
            _log.exception("A read could not be recorded; nothing was shown.")
            sentence = _("This conversation cannot be shown: the audit log could not be written. Please try again.")
            self.push(frames.event("unreadable", {"conversation": head.id, "error": sentence}))
        else:
            if self.seat.keyring is keyring and not self.seat.locked and self._of.get(head.id) is one:
                one.cipher = cipher
                self.channels.catch_up(one.channel)

    def _conversation(self, one: Subscription) -> dict[str, object]:
        assert one.channel.head is not None
        head = one.channel.head
        me = head.people.get(one.viewer.participant_id) or head.person_of(self.user_id)
        assert me is not None
        return frames.conversation(head, me, one.channel.visitor_here)

    def _cursor(self) -> str:
        return ",".join([f"{conversation_id}:{one.seq}" for conversation_id, one in self._of.items()])


def cursor_of(text: str) -> dict[int, int]:
    """The places in a cursor; whatever cannot be one counts as none, so that the whole log comes."""
    places: dict[int, int] = {}
    for part in text[:20_000].split(","):
        conversation, _, seq = part.partition(":")
        if conversation.isascii() and conversation.isdigit() and seq.isascii() and seq.isdigit() and len(part) < 40:
            places[int(conversation)] = int(seq)
    return places


def _opens(keyring: Keyring, conversation_id: int) -> bool:
    try:
        keyring.conversation_key(conversation_id)
    except Refused:
        return False
    return True


def _next_check() -> float:
    """Not the whole desk at once, although all may have come at once after a start."""
    return time.monotonic() + RECHECK_SECONDS * (0.75 + random.random() / 2)  # noqa: S311 - spreads load


def _services(user_id: int) -> frozenset[int]:
    return frozenset(service for find in services_of for service in find(user_id))


def _faces(people: "dict[int, heads.Person]") -> list[tuple[int, str, str]]:
    return [(one.id, one.role, one.name) for one in people.values()]
