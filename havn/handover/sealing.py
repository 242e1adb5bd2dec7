"""What was asked, sealed under the talk's key; and what waits to be passed on, sealed to the server's key.

The second is what a worker reads with nobody signed in: it lives from the yes until it has gone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from havn.accounts.hooks import open_secret, seal_secret
from havn.centres.handovers import Said
from havn.helpline.sealing import open_text, seal_text

ENGLISH = "en"


@dataclass(frozen=True, repr=False)
class Asked:
    """The question as it was put: text, receiver in each language, and the address that the route had then."""

    text: str
    label: str
    address: str
    said: Mapping[str, Said]

    def said_in(self, language: str) -> Said:
        """The words on the receiver in a language, else the English ones, else its name alone."""
        return self.said.get(language) or self.said.get(ENGLISH) or Said(self.label)


def seal_asked(asked: Asked, *, handover_id: int, conversation_id: int, key: bytes) -> tuple[bytes, bytes]:
    """(nonce, sealed), bound to its hand-over and talk."""
    plain = {
        "text": asked.text,
        "label": asked.label,
        "address": asked.address,
        "said": {language: [said.to, said.does, said.english] for language, said in asked.said.items()},
    }
    return seal_text(
        json.dumps(plain, ensure_ascii=False), conversation_id=conversation_id, field=_field(handover_id), key=key
    )


def open_asked(
    nonce: bytes | memoryview, sealed: bytes | memoryview, *, handover_id: int, conversation_id: int, key: bytes
) -> Asked:
    """The inverse. Raises what the vault raises for a wrong key or place."""
    words = open_text(nonce, sealed, conversation_id=conversation_id, field=_field(handover_id), key=key)
    plain = json.loads(words)
    said = {language: Said(*three) for language, three in plain["said"].items()}
    return Asked(plain["text"], plain["label"], plain["address"], said)


def seal_waiting(handover_id: int, *, text: str, address: str) -> bytes:
    """Seal text and address for this hand-over alone, to the server's key."""
    plain = json.dumps({"text": text, "address": address}, ensure_ascii=False)
    return seal_secret(plain.encode(), _purpose(handover_id))


def open_waiting(handover_id: int, sealed: bytes | memoryview) -> tuple[str, str]:
    """(text, address). Raises SecretDoesNotOpen when key, row or bytes differ."""
    plain = json.loads(open_secret(bytes(sealed), _purpose(handover_id)))
    return plain["text"], plain["address"]


def _field(handover_id: int) -> str:
    return f"handover-{handover_id}"


def _purpose(handover_id: int) -> str:
    return f"handover:{handover_id}"
