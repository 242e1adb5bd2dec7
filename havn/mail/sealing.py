"""What a letter says, sealed to the server's key: the worker must read it with nobody signed in."""

import base64
import json
from dataclasses import asdict, dataclass

from havn.accounts.hooks import open_secret, seal_secret


@dataclass(frozen=True, repr=False)
class Content:
    """Everything personal about a letter. `calendar` is a file in iCalendar form, or None.

    The rest is "" unless the sender said more (`actions.Manner`).
    """

    to: str
    subject: str
    text: str
    calendar: bytes | None = None
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    automatic: str = "auto-generated"


def seal(letter_id: int, content: Content) -> bytes:
    """Seal for this letter alone: moved to another row it does not open."""
    plain = asdict(content) | {"calendar": base64.b64encode(content.calendar).decode() if content.calendar else None}
    return seal_secret(json.dumps(plain, ensure_ascii=False).encode(), _purpose(letter_id))


def unseal(letter_id: int, sealed: bytes | memoryview) -> Content:
    """The inverse. Raises SecretDoesNotOpen when key, letter or bytes differ."""
    plain = json.loads(open_secret(bytes(sealed), _purpose(letter_id)))
    calendar = plain.pop("calendar")
    return Content(**plain, calendar=base64.b64decode(calendar) if calendar else None)


def _purpose(letter_id: int) -> str:
    return f"mail:{letter_id}"
