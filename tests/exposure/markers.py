"""Words that exist nowhere else, and every shape in which a program might have kept them."""

import base64
import secrets
from dataclasses import dataclass
from urllib.parse import quote

_SAME = 4


@dataclass(frozen=True)
class Marker:
    """A planted word: what it stands for, and its text."""

    what: str
    text: str

    def shapes(self) -> dict[str, bytes]:
        """The bytes to look for, each with the name of its shape."""
        raw = self.text.encode()
        found = {
            "text": raw,
            "upper case": raw.upper(),
            "lower case": raw.lower(),
            "utf-16": self.text.encode("utf-16-le"),
            "hex": raw.hex().encode(),
            "hex in capitals": raw.hex().upper().encode(),
            "percent": quote(self.text, safe="").encode(),
            "backwards": raw[::-1],
        }
        for shift in range(3):
            # Base64 of the same bytes at each place of a group of three; the ends depend on the neighbours.
            coded = base64.b64encode(b"\0" * shift + raw)
            found[f"base64 at {shift}"] = coded[4 if shift else 0 : len(coded) - 4]
        return {shape: found[shape] for shape in found if len(found[shape]) >= 8}


def marker(what: str) -> Marker:
    """A fresh one; letters only, so that no escaping hides it."""
    return Marker(what, "heron" + secrets.token_hex(9).translate(str.maketrans("0123456789", "ghjkmnpqrs")))


def address_marker(text: str) -> Marker:
    """A distinctive address of this machine, as text; `packed_address` is its four bytes."""
    return Marker("the visitor's address", text)


def find(markers: list[Marker], places: dict[str, bytes]) -> list[str]:
    """Where any marker stands in any shape: one sentence each."""
    by_shape: dict[str, list[tuple[Marker, bytes]]] = {}
    for one in markers:
        for shape, needle in one.shapes().items():
            # Most begin alike ("heron"): where their beginning is not, none of them is.
            by_shape.setdefault(f"{shape} {needle[:_SAME]!r}", []).append((one, needle))
    found = []
    for place, content in places.items():
        for shape, needles in by_shape.items():
            beginning = min(needle for _, needle in needles)[:_SAME]
            if beginning in content:
                found += [f"{one.what} stands in {place} as {shape}" for one, needle in needles if needle in content]
    return found
