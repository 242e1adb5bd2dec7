"""The stream of a visitor: one conversation, the place in the queue while waiting, and nothing of anybody else."""

from typing import TYPE_CHECKING

from havn.common import clock
from havn.live import frames
from havn.live.channels import Subscription
from havn.live.heads import Head
from havn.live.log import Entry
from havn.live.places import Places, places_in
from havn.live.registry import Payload, Viewer, kind_of
from havn.live.streams import Stream
from havn.live.visitors import Visitor, shut

if TYPE_CHECKING:
    from havn.live.runtime import Live


class VisitorStream(Stream):
    """See README.md for its events."""

    __slots__ = (
        "_after",
        "_listed",
        "_live",
        "_one",
        "_places",
        "_read_told",
        "place",
        "place_of",
        "token_hash",
        "visitor",
    )

    def __init__(self, live: "Live", visitor: Visitor, after: int, language: str) -> None:
        super().__init__(live.channels, language)
        self._live = live
        self._after = after
        self._one: Subscription | None = None
        self._listed = False
        # `after` and all that is told count what this visitor is shown, not the log.
        self._places = Places()
        self._read_told = 0
        self.visitor = visitor
        self.token_hash = visitor.token_hash
        # What was last told of the queue, and from which snapshot.
        self.place: Payload | None = None
        self.place_of = -1

    @property
    def conversation_id(self) -> int:
        return self.visitor.conversation_id

    @property
    def service_id(self) -> int:
        return self.visitor.service_id

    @property
    def is_waiting(self) -> bool:
        one = self._one
        return one is not None and one.channel.head is not None and one.channel.head.state == "waiting"

    def subscriptions(self) -> list[Subscription]:
        return [] if self._one is None else [self._one]

    async def opened(self) -> None:
        viewer = Viewer(self.visitor.participant_id, "visitor")
        kind, cipher = kind_of(self.visitor.kind), self.visitor.cipher
        if not self.visitor.is_shut:
            self._places = await self._live.readers.run(lambda: places_in(self.conversation_id, cipher, kind, viewer))
        # A place that cannot be, from another conversation or made up: the whole log is never wrong.
        after = self._places.seq(self._after) if self._after <= len(self._places) else 0
        one = await self.channels.subscribe(self, self.conversation_id, viewer, cipher, after)
        if one is None or self._over:
            if one is not None:
                self.channels.unsubscribe(one)
            self.end(frames.GONE)
            return
        if self._is_shut(one.channel.head):
            # No text is read or sent: only how the conversation stands.
            one.cipher = None
        self._one = one
        self._listed = True
        self._live.visitor_came(self)
        self._hello()
        self.flush()
        self.channels.catch_up(one.channel)

    def closed(self) -> None:
        if self._listed:
            self._live.visitor_left(self)

    def give(self, subscription: Subscription, entry: Entry) -> None:
        head = subscription.channel.head
        assert head is not None
        frame = frames.for_visitor(entry, head, subscription.viewer, self.language, self._places.take)
        if frame:
            self.put(frame)
            self._tell_read(head)

    def head_changed(self, subscription: Subscription, before: Head, head: Head) -> None:
        if frames.state(before) != frames.state(head):
            self.push(frames.event("state", frames.state(head)))
            self.visitor.state = head.state
        self._tell_read(head)

    def ended(self, subscription: Subscription) -> None:
        self._live.sessions.forget(self.visitor.token_hash)
        self.end(frames.GONE)

    def resynced(self) -> None:
        self.place_of = -1
        self._hello()

    def ping(self) -> None:
        """Keep the line and the session alive."""
        self.visitor.seen_ms = clock.now_ms()
        if self.is_dead():
            self.cut()
        elif not self._sending:
            self.push(frames.PING)

    def _is_shut(self, head: Head | None) -> bool:
        return head is not None and shut(head.kind, head.state, head.ended_at_ms, self.visitor.opened_ms)

    def number_of(self, seq: int) -> int | None:
        """The visitor's number of their own message at `seq`; None while this stream has not come as far."""
        one = self._one
        if one is None or one.cipher is None or one.seq < seq - 1:
            return None
        return self._places.up_to(seq - 1) + 1

    def seq_of(self, number: int) -> int | None:
        """Where the log holds what the visitor knows by `number`, at most the last shown here; None for none yet."""
        return self._places.seq(number) if len(self._places) else None

    def _tell_read(self, head: Head) -> None:
        """The mark of the staff, when it stands behind more of what is shown. What they read beside it is theirs."""
        told = self._places.up_to(head.read_by_staff())
        if told > self._read_told:
            self._read_told = told
            self.push(frames.event("read", {"up_to": told}))

    def _hello(self) -> None:
        assert self._one is not None
        assert self._one.channel.head is not None
        head = self._one.channel.head
        self.visitor.state = head.state
        self._read_told = self._places.up_to(head.read_by_staff())
        data = {**frames.state(head), "seq": len(self._places), "read": self._read_told}
        self.push(frames.event("hello", data))
