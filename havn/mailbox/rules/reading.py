"""An e-mail as anybody may send it, read into the few things that are kept. Pure, and never raises for bad input.

Read with the standard library's `compat32` policy: it gives headers as they came, and what is broken in them is
decoded here with care, where the newer policy raises. Files are counted and not looked into; nothing is fetched.
"""

import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from havn.live.texts import Unreadable, clean, is_empty
from havn.mailbox.rules import automatic
from havn.mailbox.rules.automatic import Kind
from havn.mailbox.rules.parts import Found, collect, parameter
from havn.mailbox.rules.quotes import own_words
from havn.mailbox.rules.tokens import tokens_anywhere, tokens_in

# What is behind this of an e-mail is attachments, or nobody's words.
LONGEST = 3 * 1024 * 1024
LONGEST_TEXT = 40_000
_LONGEST_HEADER = 4_000
# More would cost time for nothing; an honest e-mail has three or four.
_BOUNDARIES_MOST = 40
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_RECEIVERS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")


@dataclass(frozen=True, slots=True, repr=False)
class Mail:
    """What is kept of an e-mail until it is stored. `sender` is "" when nobody could be answered.

    `text` holds all words of it and `new` those that are not quoted from ours: which of the two counts depends on
    whether it answers one of our e-mails. `left_out` counts files, `cut` says that its words were too many, `ours` that
    it comes from one of our own addresses: a loop.
    """

    kind: Kind
    sender: str
    subject: str
    text: str
    new: str
    message_id: str
    tokens: tuple[str, ...]
    answerable: bool
    left_out: int
    cut: bool
    language: str
    ours: bool


def read(raw: bytes, *, own: Mapping[str, str]) -> Mail:
    """An e-mail from its bytes, of which `LONGEST` are looked at. `own` are our addresses (`automatic.is_own`)."""
    whole = len(raw) <= LONGEST
    message = _parsed(raw[:LONGEST].replace(b"\x00", b""))
    headers = _headers(message)
    sender = _address(message.get("From"))
    content_type = message.get_content_type()
    kind = automatic.kind_of(
        headers,
        content_type=content_type,
        report_type=str(parameter(message, "report-type")).lower(),
        actions=_actions(message) if content_type == "multipart/report" else (),
    )
    found = Found(left_out=0 if whole else 1)
    if kind is Kind.LETTER:
        collect(message, found)
        if not whole and found.left_out > 1:
            found.left_out -= 1
    text = _clean("\n\n".join(found.texts))
    names = [headers("in-reply-to"), headers("references")]
    tokens = tokens_in([_header_text(message, name) for name in _RECEIVERS], names)
    if kind is Kind.BOUNCED:
        tokens = tuple(dict.fromkeys((*tokens, *tokens_anywhere(raw[:200_000].decode("ascii", "replace")))))[:6]
    return Mail(
        kind=kind,
        sender="" if automatic.is_own(sender, own) else sender,
        subject=_clean(headers("subject")).replace("\n", " ").strip()[:200],
        text=text[:LONGEST_TEXT],
        new=own_words(text[: 5 * LONGEST_TEXT])[:LONGEST_TEXT],
        message_id=_message_id(headers("message-id")),
        tokens=tokens,
        answerable=kind is Kind.LETTER and automatic.may_be_answered_by_itself(headers, sender=sender, own=own),
        left_out=found.left_out,
        cut=len(text) > LONGEST_TEXT,
        language=headers("content-language")[:20],
        ours=automatic.is_own(sender, own),
    )


def first_words(mail: Mail) -> str:
    """What the first e-mail of a thread says: subject and text, "…" for neither."""
    both = "\n\n".join(words for words in (mail.subject, mail.text) if not is_empty(words))
    return both or "…"


def _parsed(raw: bytes) -> "Message[Any, Any]":
    if raw.lower().count(b"boundary=") > _BOUNDARIES_MOST:
        raw = raw.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0] + b"\n\n"
        raw = re.sub(rb"(?im)^content-type:.*(\n[ \t].*)*", b"X-Too-Many-Parts: 1", raw)
    try:
        return email.message_from_bytes(raw, policy=email.policy.compat32)
    except (MessageError, ValueError, LookupError, RecursionError, TypeError, AttributeError, IndexError):
        return Message()


def _headers(message: "Message[Any, Any]") -> automatic.Header:
    def header(name: str) -> str:
        return _header_text(message, name)

    return header


def _header_text(message: "Message[Any, Any]", name: str) -> str:
    """The first header of this name, decoded, on one line. "" where there is none."""
    try:
        value = message.get(name)
        given = "" if value is None else str(value)[:_LONGEST_HEADER]
    except (ValueError, LookupError, TypeError, MessageError):
        return ""
    try:
        text = str(make_header(decode_header(given)))
    except (ValueError, LookupError, MessageError, TypeError, AssertionError):
        text = given
    return re.sub(r"[\r\n\t\x00]+", " ", text.encode("utf-8", "replace").decode()).strip()


def _address(value: object) -> str:
    """The first address of a header that looks like one and could be written to."""
    given = "" if value is None else re.sub(r"[\r\n\x00]", " ", str(value)[:_LONGEST_HEADER])
    try:
        pairs = getaddresses([given])
    except (ValueError, TypeError, IndexError, AttributeError, RecursionError):
        pairs = []
    for _name, address in pairs:
        if len(address) <= 254 and _ADDRESS.fullmatch(address) and ".." not in address:
            return address
    return ""


def _message_id(given: str) -> str:
    inside = given.partition("<")[2].partition(">")[0] or given
    inside = inside.strip()
    return inside if len(inside) <= 250 and re.fullmatch(r"[\x21-\x3b\x3d\x3f-\x7e]+", inside) else ""


def _clean(text: str) -> str:
    try:
        return clean(text.replace("\x00", "")).strip()
    except Unreadable:
        return clean(text.replace("\x00", "").encode("utf-8", "replace").decode()).strip()


def _actions(message: "Message[Any, Any]") -> tuple[str, ...]:
    """What a delivery report says became of each receiver (RFC 3464, 2.3.3)."""
    found = []
    for part in _report_parts(message):
        action = _header_text(part, "action").lower()
        if action:
            found.append(action)
    return tuple(found[:20])


def _report_parts(message: "Message[Any, Any]") -> Iterator["Message[Any, Any]"]:
    payload = message.get_payload()
    for part in payload[:50] if isinstance(payload, list) else []:
        if isinstance(part, Message) and part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            yield from (
                (block for block in blocks[:50] if isinstance(block, Message)) if isinstance(blocks, list) else ()
            )
