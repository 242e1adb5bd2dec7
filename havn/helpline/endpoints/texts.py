"""A text from a plain form: kept whole even when it is too long to store, so that it can be shown again."""

import re
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from havn.live.http import HttpError, LiveRequest
from havn.live.texts import LONGEST, is_empty

_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
# What a form may bring back to be shown again; what may be stored is less.
LONGEST_SHOWN = 60_000


@dataclass(frozen=True, repr=False)
class Words:
    """What was written, the name of this sending, and why it cannot be stored, if so."""

    text: str
    client_id: str
    fields: dict[str, str]
    error: HttpError | None = None


async def words_of(request: LiveRequest, longest: int = LONGEST) -> Words:
    """The field `text` of a form. Raises HttpError only where there are no words to keep."""
    fields = await request.fields(longest=LONGEST_SHOWN)
    text, client_id = fields.get("text", ""), fields.get("client_id", "")
    error: HttpError | None = None
    if is_empty(text):
        error = HttpError(422, "empty", gettext_noop("Write something first."))
    elif len(text) > longest:
        error = too_long()
    return Words(text, client_id if _CLIENT_ID.fullmatch(client_id) else str(uuid.uuid4()), fields, error)


def too_long() -> HttpError:
    """The text is longer than one message."""
    return HttpError(
        422, "too-long", gettext_noop("That is more than fits at once. Nothing is lost: send it in two or three parts.")
    )
