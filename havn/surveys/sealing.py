"""What was answered on earlier pages, carried by the page itself: the server keeps nothing between two pages.

Sealed to the server's key, so that neither the source of a page nor the browser's store tells it to somebody who takes
the phone afterwards.
"""

import base64
import binascii
import json
import secrets
import zlib
from dataclasses import dataclass, field
from typing import Any

from havn.vault.api import open_for_server, seal_for_server
from havn.vault.rules import DoesNotOpen

LONGEST = 40_000
_LONGEST_INSIDE = 200_000
_NUMBER = 16


@dataclass(frozen=True)
class Carried:
    """The wave, the raw answers so far, and the ticket of this run through the pages, by which it counts once.

    A ticket is a random number and the hour in which it was drawn (rules/states.py, `hour_of`): after two hours it is
    worth nothing, so that the mark of its being used need not stand any longer either.
    """

    wave_id: int
    hour: int
    number: bytes = field(default_factory=lambda: secrets.token_bytes(_NUMBER))
    answers: dict[str, Any] = field(default_factory=dict)


def seal(carried: Carried) -> str:
    """For a hidden field."""
    told = [carried.wave_id, carried.hour, carried.number.hex(), carried.answers]
    packed = zlib.compress(json.dumps(told, separators=(",", ":")).encode())
    return base64.urlsafe_b64encode(seal_for_server(packed, _PURPOSE)).decode()


def unseal(text: str) -> Carried | None:
    """The inverse; None for anything that this server has not sealed."""
    if not text.isascii() or len(text) > LONGEST:
        return None
    try:
        packed = open_for_server(base64.urlsafe_b64decode(text), _PURPOSE)
    except (binascii.Error, ValueError, DoesNotOpen):
        return None
    wave_id, hour, number, answers = json.loads(zlib.decompressobj().decompress(packed, _LONGEST_INSIDE))
    return Carried(int(wave_id), int(hour), bytes.fromhex(number), dict(answers))


def with_fresh_ticket(carried: Carried, hour: int) -> Carried:
    """The same answers under another number, drawn in this hour."""
    return Carried(carried.wave_id, hour, answers=carried.answers)


_PURPOSE = "surveys-page"
