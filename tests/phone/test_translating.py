"""What Asterisk says of channels, as events of calls."""

import datetime as dt
from typing import Any

import pytest

from havn.phone.asterisk.translating import Translator, extension_in

AT = "2026-11-29T20:14:05.123+0100"
CONTEXT = "from-outside"


def channel(number: str, *, context: str = CONTEXT, name: str = "PJSIP/trunk-00000001") -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "state": "Ring",
        "caller": {"name": "", "number": "+4799887766"},
        "dialplan": {"context": context, "exten": "s"},
    }


def event(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "timestamp": AT, "application": "havn", **more}


def dial(call: str, status: str, to: str = "PJSIP/101-0000002a") -> dict[str, Any]:
    return event("Dial", caller=channel(call), peer={"id": "p", "name": to}, dialstatus=status)


def _all(translator: Translator, *said: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    return [(one["type"], one["data"]) for event in said for one in translator.messages(event)]


def test_a_call_rings_is_answered_and_ends() -> None:
    told = _all(
        Translator({CONTEXT}),
        event("ChannelCreated", channel=channel("1.1")),
        dial("1.1", ""),
        dial("1.1", "RINGING"),
        dial("1.1", "ANSWER"),
        dial("1.1", "ANSWER", "PJSIP/102-0000002b"),
        event("ChannelDestroyed", channel=channel("1.1"), cause=16),
        event("ChannelDestroyed", channel=channel("1.1"), cause=16),
    )
    assert told == [
        ("call.ringing", {"call": "1.1"}),
        ("call.answered", {"call": "1.1", "extension": "101"}),
        ("call.ended", {"call": "1.1", "reason": "hung-up"}),
    ]


def test_the_number_is_sent_only_where_that_is_wished() -> None:
    [message] = Translator({CONTEXT}, send_number=True).messages(event("ChannelCreated", channel=channel("1.1")))
    assert message == {
        "type": "call.ringing", "timestamp": AT, "data": {"call": "1.1", "number": "+4799887766"},
    }  # fmt: skip
    assert "number" not in Translator({CONTEXT}).messages(event("ChannelCreated", channel=channel("1.1")))[0]["data"]


def test_only_what_comes_in_by_a_named_context_is_a_call() -> None:
    translator = Translator({CONTEXT})
    inside = channel("2.1", context="inside")
    assert _all(translator, event("ChannelCreated", channel=inside), event("ChannelDestroyed", channel=inside)) == []
    assert _all(translator, event("Dial", caller=inside, peer=channel("2.2"), dialstatus="ANSWER")) == []
    moved = event("ChannelDialplan", channel={**inside, "dialplan": {"context": CONTEXT}})
    assert _all(translator, moved) == [("call.ringing", {"call": "2.1"})]


@pytest.mark.parametrize(
    ("dialled", "cause", "reason"),
    [
        ([""], 16, "hung-up"),
        (["", "NOANSWER"], 19, "no-answer"),
        (["", "BUSY"], 16, "busy"),
        (["CONGESTION"], 0, "busy"),
        (["BUSY", "", "RINGING"], 16, "hung-up"),
        ([], 17, "busy"),
        ([], 127, ""),
    ],
)
def test_why_a_call_ended(dialled: list[str], cause: int, reason: str) -> None:
    translator = Translator({CONTEXT})
    _all(translator, event("ChannelCreated", channel=channel("1.1")), *(dial("1.1", status) for status in dialled))
    gone = event("ChannelDestroyed", channel=channel("1.1"), cause=cause)
    assert _all(translator, gone) == [("call.ended", {"call": "1.1", "reason": reason})]


def test_after_a_gap_what_is_gone_has_ended_and_what_is_new_rings() -> None:
    translator, now = Translator({CONTEXT}), dt.datetime(2026, 11, 29, 20, 15, tzinfo=dt.UTC)
    _all(translator, event("ChannelCreated", channel=channel("1.1")), event("ChannelCreated", channel=channel("1.2")))
    told = translator.after_a_gap([channel("1.2"), channel("1.3"), channel("9", context="inside")], now)
    assert [(one["type"], one["data"]["call"]) for one in told] == [("call.ended", "1.1"), ("call.ringing", "1.3")]
    assert {one["timestamp"] for one in told} == {now.isoformat()}
    assert translator.after_a_gap([channel("1.2"), channel("1.3")], now) == []


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("PJSIP/101-0000002a", "101"),
        ("SIP/desk-2-0000002a", "desk-2"),
        ("Local/101@inside-0000002a;1", "101"),
        ("PJSIP/101", "101"),
        ("", ""),
        ("nothing", ""),
    ],
)
def test_the_line_in_a_channels_name(name: str, extension: str) -> None:
    assert extension_in(name) == extension


@pytest.mark.parametrize("said", [{}, {"type": 7}, {"type": "Dial"}, {"type": "Dial", "caller": {}}])
def test_what_is_about_no_call_is_passed_over(said: dict[str, Any]) -> None:
    assert Translator({CONTEXT}).messages(said) == []
    assert Translator({CONTEXT}).messages({"type": "ChannelCreated", "channel": 5}) == []
    assert Translator({CONTEXT}).messages({"type": "ChannelCreated", "channel": {"id": "1", "dialplan": 7}}) == []
