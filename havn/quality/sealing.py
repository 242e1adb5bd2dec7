"""The notes of a review, sealed under the key of its talk."""

import json

from havn.helpline.sealing import open_text
from havn.quality.models import Review

FIELD = "review"


def notes_in(review: Review, key: bytes) -> dict[str, str]:
    """What was written, by criterion."""
    text = open_text(review.notes_nonce, review.notes_sealed, conversation_id=review.pk, field=FIELD, key=key)
    found: dict[str, str] = json.loads(text) if text else {}
    return found
