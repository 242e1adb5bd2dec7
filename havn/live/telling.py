"""What is passed on and never stored: who writes, and whether the visitor is there."""

import time

from havn.live import bus, frames
from havn.live.channels import Channels

TYPING_SECONDS = 2.5


class Telling:
    """Runs in the event loop. Other processes are told by hints; what a lost hint said is said again soon."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._typed: dict[int, float] = {}

    def typing(self, conversation_id: int, participant_id: int) -> None:
        """Somebody writes: tell the others here, and hint to other processes, at most every few seconds."""
        now = time.monotonic()
        if now - self._typed.get(participant_id, 0.0) < TYPING_SECONDS:
            return
        self._typed[participant_id] = now
        self.typing_here(conversation_id, participant_id)
        bus.publish([f"t {conversation_id} {participant_id}"], to_own=False)

    def typing_here(self, conversation_id: int, participant_id: int) -> None:
        """The same for the streams of this process. A silent reader's typing is for colleagues only."""
        channel = self._channels.open.get(conversation_id)
        writer = channel.head.people.get(participant_id) if channel and channel.head else None
        if channel is None or writer is None or writer.left:
            return
        to_staff = {
            "conversation": conversation_id,
            "participant": writer.id,
            "role": writer.role,
            "name": writer.name,
        }
        for one in channel.subscriptions:
            if one.viewer.participant_id == participant_id:
                continue
            if one.viewer.role != "visitor":
                one.stream.push(frames.event("typing", to_staff))
            elif writer.role == "counsellor":
                one.stream.push(frames.event("typing", {"from": "them", "name": writer.name}))

    def presence(self, conversation_id: int, is_here: bool) -> None:
        """The visitor's first line opened, or the last closed."""
        self.presence_here(conversation_id, is_here)
        bus.publish([f"p {conversation_id} {int(is_here)}"], to_own=False)

    def presence_here(self, conversation_id: int, is_here: bool) -> None:
        channel = self._channels.open.get(conversation_id)
        for one in channel.subscriptions if channel else ():
            if one.viewer.role != "visitor":
                data = {"conversation": conversation_id, "visitor_here": is_here}
                one.stream.push(frames.event("presence", data))

    def tidy(self) -> None:
        """Forget who has long stopped writing."""
        now = time.monotonic()
        self._typed = {one: at for one, at in self._typed.items() if now - at < 60}
