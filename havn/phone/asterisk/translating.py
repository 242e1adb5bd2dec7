"""What Asterisk says of channels, as events of calls. Values in, messages out.

A call is a channel that comes in by one of the named dialplan contexts; its id is the channel's. Who answered is the
peer of its `Dial` with `ANSWER`: `PJSIP/101-0000002a` is extension 101. It is over when its channel is gone.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

_EXTENSION = re.compile(r"[A-Za-z0-9]+/([A-Za-z0-9._-]+?)(?:@[^/]*?)?(?:-[0-9a-f]{8}(?:;\d)?)?")
# Q.850 causes of a hangup: https://docs.asterisk.org, "Hangup Cause Mappings".
_CAUSES = {16: "hung-up", 17: "busy", 18: "no-answer", 19: "no-answer", 21: "busy", 34: "busy", 42: "busy"}
_NOBODY_FREE = {"BUSY", "CONGESTION", "CHANUNAVAIL"}
Message = dict[str, Any]


class Translator:
    """Remembers the calls that run, by their channel; nothing else, and no number."""

    def __init__(self, contexts: Collection[str], *, send_number: bool = False) -> None:
        self._contexts = frozenset(contexts)
        self._send_number = send_number
        self._answered: dict[str, bool] = {}
        self._nobody_free: set[str] = set()

    def messages(self, said: Mapping[str, Any]) -> list[Message]:
        """The messages that follow from one event of ARI, in order; none for what is not about a call."""
        kind = said.get("type")
        if kind == "Dial":
            return self._dialled(said)
        channel = said.get("channel")
        if not isinstance(channel, Mapping):
            return []
        if kind == "ChannelDestroyed":
            return self._gone(channel, said)
        return self._seen(channel, said) if kind in {"ChannelCreated", "ChannelDialplan", "StasisStart"} else []

    def after_a_gap(self, channels: Iterable[Mapping[str, Any]], now: dt.datetime) -> list[Message]:
        """What was missed while nothing was heard, from the list of the channels that exist now."""
        said = {"timestamp": now.isoformat()}
        there = {str(channel.get("id")): channel for channel in channels}
        found = [message for call in list(self._answered) if call not in there for message in self._end(call, said, "")]
        return found + [message for channel in there.values() for message in self._seen(channel, said)]

    def _seen(self, channel: Mapping[str, Any], said: Mapping[str, Any]) -> list[Message]:
        call = str(channel.get("id", ""))
        plan = channel.get("dialplan")
        context = plan.get("context") if isinstance(plan, Mapping) else None
        if not call or call in self._answered or context not in self._contexts:
            return []
        self._answered[call] = False
        data: dict[str, str] = {"call": call}
        caller = channel.get("caller")
        if self._send_number and isinstance(caller, Mapping) and caller.get("number"):
            data["number"] = str(caller["number"])
        return [_message("call.ringing", said, data)]

    def _dialled(self, said: Mapping[str, Any]) -> list[Message]:
        caller, peer, status = said.get("caller"), said.get("peer"), said.get("dialstatus", "")
        if not isinstance(caller, Mapping):
            return []
        found = self._seen(caller, said)
        call = str(caller.get("id", ""))
        if call not in self._answered or self._answered[call]:
            return found
        if status == "ANSWER":
            self._answered[call] = True
            name = str(peer.get("name", "")) if isinstance(peer, Mapping) else ""
            found.append(_message("call.answered", said, {"call": call, "extension": extension_in(name)}))
        elif status in _NOBODY_FREE:
            self._nobody_free.add(call)
        elif status in {"", "RINGING"}:
            self._nobody_free.discard(call)
        return found

    def _gone(self, channel: Mapping[str, Any], said: Mapping[str, Any]) -> list[Message]:
        cause = said.get("cause")
        return self._end(str(channel.get("id", "")), said, _CAUSES.get(cause, "") if isinstance(cause, int) else "")

    def _end(self, call: str, said: Mapping[str, Any], reason: str) -> list[Message]:
        if call not in self._answered:
            return []
        answered = self._answered.pop(call)
        if call in self._nobody_free and not answered:
            reason = "busy"
        self._nobody_free.discard(call)
        return [_message("call.ended", said, {"call": call, "reason": reason})]


def extension_in(channel_name: str) -> str:
    """The line in a channel's name: "101" of "PJSIP/101-0000002a"; "" when there is none."""
    found = _EXTENSION.fullmatch(channel_name)
    return found[1] if found else ""


def _message(kind: str, said: Mapping[str, Any], data: dict[str, str]) -> Message:
    message: Message = {"type": kind, "data": data}
    if isinstance(said.get("timestamp"), str):
        message["timestamp"] = said["timestamp"]
    return message
