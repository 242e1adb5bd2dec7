"""When a colleague reads an answer before it goes, and who that colleague may be."""

from collections.abc import Collection

NEVER, ALWAYS, NEWCOMERS = "never", "always", "newcomers"


def is_needed(*, policy: str, answered: int, newcomer_letters: int) -> bool:
    """Whether this person's answer goes only after somebody else has read it.

    `answered`: how many answers of theirs have gone out at this helpline.
    """
    if policy == NEWCOMERS:
        return answered < newcomer_letters
    return policy == ALWAYS


def may_be_asked(policy: str) -> bool:
    """Whether somebody may ask for it at all: where it is known, also those who need not."""
    return policy != NEVER


def why_not_read(
    *,
    user_id: int,
    writers: Collection[int],
    asked: bool,
    reader_id: int | None,
    reader_until_ms: int | None,
    now_ms: int,
) -> str | None:
    """None when this person may take the draft to read it: else "not-asked", "own" or "taken".

    Whose words are in it never reads it. A reader who does nothing keeps it only until the claim runs out.
    """
    if not asked:
        return "not-asked"
    if user_id in writers:
        return "own"
    if reader_id not in (None, user_id) and is_being_read(reader_until_ms=reader_until_ms, now_ms=now_ms):
        return "taken"
    return None


def is_being_read(*, reader_until_ms: int | None, now_ms: int) -> bool:
    """Whether a reader's claim still stands."""
    return reader_until_ms is not None and now_ms < reader_until_ms
