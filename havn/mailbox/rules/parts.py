"""The parts of an e-mail: its words are gathered, everything else is counted and not looked into."""

from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from typing import Any

from havn.live.texts import is_empty
from havn.mailbox.rules.html_text import words_of_html

_LONGEST_PART = 1_000_000
_PARTS_MOST = 100
_DEEPEST = 12


@dataclass(slots=True)
class Found:
    """What was met on the way through the parts of an e-mail. `said`: its words are known, the rest is only counted."""

    texts: list[str] = field(default_factory=list)
    said: bool = False
    left_out: int = 0
    parts: int = 0


def collect(message: "Message[Any, Any]", found: Found, depth: int = 0) -> None:
    """Gather the words of a part and of those inside it; of alternatives the plain one that says something."""
    found.parts += 1
    payload = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(payload, list):
        inside = [part for part in payload if isinstance(part, Message)]
        if depth >= _DEEPEST or found.parts > _PARTS_MOST:
            found.left_out += 1
        elif message.get_content_type() == "multipart/alternative":
            _choose(inside, found, depth)
        else:
            for part in inside[:_PARTS_MOST]:
                collect(part, found, depth + 1)
        return
    if message.get_content_type() not in ("text/plain", "text/html") or _is_file(message):
        found.left_out += message.get_content_type() not in ("application/pgp-signature", "text/x-amp-html")
        return
    words = "" if found.said else _words(message)
    if not is_empty(words):
        found.texts.append(words)


def _choose(parts: list["Message[Any, Any]"], found: Found, depth: int) -> None:
    said, left_out = found.said, 0
    for part in sorted(parts[:8], key=lambda one: one.get_content_type() != "text/plain"):
        one = Found(said=said, parts=found.parts)
        collect(part, one, depth + 1)
        found.texts += one.texts
        said = said or bool(one.texts)
        left_out = max(left_out, one.left_out)
    # What only another alternative has, such as pictures inside the HTML, is left out as well.
    found.left_out += left_out


def _is_file(message: "Message[Any, Any]") -> bool:
    try:
        return message.get_content_disposition() == "attachment" or bool(message.get_filename())
    except (ValueError, LookupError, TypeError, MessageError, IndexError):
        return True


def _words(message: "Message[Any, Any]") -> str:
    try:
        payload = message.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        payload = b""
    # A text in a foreign charset is read by its own; what nobody knows is read as what it most likely is.
    text = _decoded(payload[:_LONGEST_PART] if isinstance(payload, bytes) else b"", str(parameter(message, "charset")))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if message.get_content_type() == "text/html":
        return words_of_html(text)
    if str(parameter(message, "format")).lower() == "flowed":
        return _unfolded(text, joined=str(parameter(message, "delsp")).lower() == "yes")
    return text


def _decoded(payload: bytes, charset: str) -> str:
    for name in (charset, "utf-8", "cp1252"):
        try:
            if name and "\x00" not in name and len(name) < 40:
                return payload.decode(name)
        except (LookupError, ValueError):
            continue
    return payload.decode("utf-8", "replace")


def _unfolded(text: str, *, joined: bool) -> str:
    """Lines that were broken only for the way are joined again (RFC 3676)."""
    shown: list[list[str]] = []
    flowing = False
    for line in text.split("\n"):
        soft = line.endswith(" ") and line != "-- "
        line = line[1:] if line.startswith(" ") else line
        quoted = line.startswith(">")
        if flowing and not quoted and line != "-- ":
            shown[-1].append(line)
        else:
            shown.append([line])
        if soft and joined:
            shown[-1][-1] = line[:-1]
        flowing = soft and not quoted
    return "\n".join("".join(pieces) for pieces in shown)


def parameter(message: "Message[Any, Any]", name: str) -> object:
    """A parameter of the content type, "" where there is none that can be read."""
    try:
        return message.get_param(name) or ""
    except (ValueError, LookupError, TypeError, MessageError, IndexError):
        return ""
