"""Slower, where a visitor's words are stored: one message in so many seconds, and nothing that is typed is lost.

Each live process knows in memory which conversations are slower (read every second), so that all others cost nothing.
"""

import math

from django.utils.functional import lazy

from havn.limits.models import Limit
from havn.limits.queries.ladder import slower_now, text_before_ms
from havn.limits.rules.ladder import may_be_in_danger, wait_ms
from havn.limits.words import too_soon
from havn.live.http import HttpError

READ_EVERY_SECONDS = 1.0

_slower: dict[int, int] = {}
# Made in the language in which it is said: the writer knows none.
_said = lazy(too_soon, str)


def read_slower(now_ms: int) -> None:
    """Read which conversations are slower now."""
    global _slower
    _slower = slower_now()


def holds(conversation_id: int) -> bool:
    """Whether this conversation was slower a moment ago."""
    return conversation_id in _slower


def check(conversation_id: int, seq: int, at_ms: int) -> None:
    """Raises HttpError 429 with the wait where the text just stored at this place came too soon. Never on danger."""
    rows = Limit.objects.filter(pk=conversation_id, slow_seconds__isnull=False)
    row = rows.values_list("slow_seconds", "conversation__turn__in_danger", "conversation__turn__risk").first()
    seconds, in_danger, risk = row or (None, False, "")
    if seconds is None or may_be_in_danger(in_danger=in_danger, risk=risk):
        return
    wait = wait_ms(before_ms=text_before_ms(conversation_id, seq), at_ms=at_ms, seconds=seconds)
    if wait > 0:
        left = math.ceil(wait / 1000)
        raise HttpError(429, "too-soon", _said(left), retry_after=left)
