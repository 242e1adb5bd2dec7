"""Who listens to which conversation, and bringing each listener to the end of its log.

A subscription knows the last seq it was given. A message that is the next one goes out at once; whatever else
happened (a reconnect, a hint, a lost hint, a slow reader), the subscription is behind and is read forward from the
database until it is not. So a stream always equals the log, by construction.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from havn.live import heads, log, visitors
from havn.live.heads import Head
from havn.live.log import Entry
from havn.live.registry import Viewer
from havn.live.threads import Threads

if TYPE_CHECKING:
    from havn.live.streams import Stream

PAGE = 200
_log = logging.getLogger("havn.live")


class Subscription:
    """One stream's place in one conversation. Without `cipher` it waits: no text is read or sent."""

    __slots__ = ("channel", "cipher", "rewound", "sent", "seq", "stream", "viewer")

    def __init__(self, stream: "Stream", channel: "Channel", viewer: Viewer, cipher: AESGCM | None, seq: int) -> None:
        self.stream = stream
        self.channel = channel
        self.viewer = viewer
        self.cipher = cipher
        self.seq = seq
        # What the socket has taken: from there it goes on after the reader was too slow.
        self.sent = seq
        self.rewound = False

    def is_behind(self) -> bool:
        return self.cipher is not None and self.seq < self.channel.last_seq and not self.stream.lagging

    def take(self, entry: Entry) -> None:
        self.seq = entry.seq
        self.stream.give(self, entry)

    def rewind(self) -> None:
        """Frames were dropped: go on after what the socket has taken."""
        self.seq = self.sent
        self.rewound = True


class Channel:
    """A conversation with at least one stream in this process."""

    __slots__ = ("head", "id", "last_seq", "loaded", "reading", "subscriptions")

    def __init__(self, conversation_id: int) -> None:
        self.id = conversation_id
        self.head: Head | None = None
        self.last_seq = 0
        self.subscriptions: list[Subscription] = []
        self.loaded: asyncio.Task[None] | None = None
        self.reading: asyncio.Task[None] | None = None

    @property
    def visitor_here(self) -> bool:
        return any(one.viewer.role == "visitor" for one in self.subscriptions)


class Channels:
    """All channels of this process. Everything here runs in the event loop."""

    def __init__(self, readers: Threads) -> None:
        self.open: dict[int, Channel] = {}
        self._readers = readers
        self._stale: set[int] = set()
        self._refreshing: asyncio.Task[None] | None = None

    async def subscribe(
        self, stream: "Stream", conversation_id: int, viewer: Viewer, cipher: AESGCM | None, after: int
    ) -> Subscription | None:
        """Take a place in a conversation, its head read. None when it does not exist."""
        channel = self.open.get(conversation_id)
        if channel is None:
            channel = self.open[conversation_id] = Channel(conversation_id)
        subscription = Subscription(stream, channel, viewer, cipher, after)
        # Taken at once, so that nothing stored from now on is missed.
        channel.subscriptions.append(subscription)
        if channel.head is None:
            if channel.loaded is None:
                channel.loaded = asyncio.create_task(self._load(channel))
            await asyncio.shield(channel.loaded)
        if channel.head is None:
            self.unsubscribe(subscription)
            return None
        if subscription.seq > channel.last_seq:
            # A place that cannot be: from another conversation, or made up. The whole log is never wrong.
            subscription.seq = subscription.sent = 0
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        channel = subscription.channel
        if subscription in channel.subscriptions:
            channel.subscriptions.remove(subscription)
        if not channel.subscriptions and self.open.get(channel.id) is channel:
            del self.open[channel.id]

    def deliver(self, entries: Iterable[Entry]) -> None:
        """Hand on what this process has just stored."""
        touched: set[Stream] = set()
        for entry in entries:
            channel = self.open.get(entry.conversation_id)
            if channel is None:
                continue
            channel.last_seq = max(channel.last_seq, entry.seq)
            if channel.head is None:
                continue
            if entry.participant_id is not None and entry.participant_id not in channel.head.people:
                self.refresh([channel.id])
                continue
            channel.head.last_seq = channel.last_seq
            behind = False
            for one in channel.subscriptions:
                if one.seq == entry.seq - 1 and one.cipher is not None and not one.stream.lagging:
                    one.take(entry)
                    touched.add(one.stream)
                elif one.seq < entry.seq:
                    behind = True
            if behind:
                self.catch_up(channel)
        for stream in touched:
            stream.flush()

    def grown(self, conversation_id: int, seq: int) -> None:
        """A hint or the read each second says the log stands at `seq`."""
        channel = self.open.get(conversation_id)
        if channel is not None and seq > channel.last_seq:
            channel.last_seq = seq
            self.catch_up(channel)

    def catch_up(self, channel: Channel) -> None:
        """Read every subscription that is behind forward to the end of the log."""
        if (
            channel.head is not None
            and channel.reading is None
            and any(one.is_behind() for one in channel.subscriptions)
        ):
            channel.reading = asyncio.create_task(self._read_forward(channel))

    def refresh(self, ids: Iterable[int]) -> None:
        """Read heads again because state, company, marks or sessions changed; tells the streams what did."""
        self._stale.update(one for one in ids if one in self.open)
        if self._stale and self._refreshing is None:
            self._refreshing = asyncio.create_task(self._refresh())

    def renew(self, channel: Channel, head: Head) -> None:
        """A head that was read again: everybody who listens is told what is another than before."""
        self._apply(channel, head, frozenset())

    async def _load(self, channel: Channel) -> None:
        found = await self._readers.run(lambda: heads.load([channel.id]))
        head = found.get(channel.id)
        # Who read it again meanwhile read it later.
        if head is not None and channel.head is None:
            channel.last_seq = max(channel.last_seq, head.last_seq)
            channel.head = head
        channel.loaded = None

    async def _read_forward(self, channel: Channel) -> None:
        try:
            while behind := [one for one in channel.subscriptions if one.is_behind()]:
                low, upto, cipher = min(one.seq for one in behind), channel.last_seq, behind[0].cipher
                assert cipher is not None
                found = await self._readers.run(lambda: log.entries(channel.id, cipher, after=low, limit=PAGE))  # noqa: B023
                if any(one.participant_id and one.participant_id not in channel.head.people for one in found):  # type: ignore[union-attr]
                    await self._refresh_one(channel)
                reached = found[-1].seq if len(found) == PAGE else max(upto, found[-1].seq if found else 0)
                for one in behind:
                    _give_all(one, found, reached)
        except Exception:
            _log.exception("Reading a log forward failed; the read each second tries again.")
        finally:
            channel.reading = None

    async def _refresh_one(self, channel: Channel) -> None:
        found = await self._readers.run(lambda: heads.load([channel.id]))
        if channel.id in found:
            self.renew(channel, found[channel.id])

    async def _refresh(self) -> None:
        try:
            while self._stale:
                ids, self._stale = list(self._stale), set()
                asked = self._tokens(ids)
                found, alive = await self._readers.run(lambda: (heads.load(ids), visitors.living(list(asked))))  # noqa: B023
                over = asked - alive
                for conversation_id in ids:
                    channel = self.open.get(conversation_id)
                    if channel is not None:
                        self._apply(channel, found.get(conversation_id), over)
                        # Of streams that opened meanwhile nothing is known yet.
                        if self._tokens([conversation_id]) - asked:
                            self._stale.add(conversation_id)
        except Exception:
            _log.exception("Reading heads again failed; the next change tries again.")
        finally:
            self._refreshing = None

    def _tokens(self, ids: Iterable[int]) -> frozenset[bytes]:
        """Of the visitors' sessions whose streams listen to these conversations."""
        listening = [one for id_ in ids if id_ in self.open for one in self.open[id_].subscriptions]
        return frozenset(one.stream.token_hash for one in listening if one.stream.token_hash)

    def _apply(self, channel: Channel, head: Head | None, over: frozenset[bytes]) -> None:
        before, channel.head = channel.head, head or channel.head
        for one in list(channel.subscriptions):
            if head is None or one.stream.token_hash in over:
                one.stream.ended(one)
            elif before is not None and before is not head:
                one.stream.head_changed(one, before, head)
            one.stream.flush()
        if head is not None:
            channel.last_seq = max(channel.last_seq, head.last_seq)
            self.catch_up(channel)


def _give_all(one: Subscription, found: list[Entry], reached: int) -> None:
    """Give what was read; `reached` counts what is not for this viewer as read too."""
    if one.cipher is None or one.stream.lagging:
        return
    one.rewound = False
    for entry in found:
        if entry.seq > one.seq:
            one.take(entry)
        if one.rewound:
            # The reader became too slow in the middle: what was dropped must not count as given.
            return
    one.seq = max(one.seq, reached)
    one.stream.flush()
