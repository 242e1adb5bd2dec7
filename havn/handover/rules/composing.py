"""The text that passes: what the counsellor wrote, and those of the child's messages that were ticked."""

from collections.abc import Sequence

from havn.handover.rules.states import TEXT_MOST


def composed(written: str, taken: Sequence[str]) -> str:
    """The text with each ticked message as a paragraph of its own, in the talk's order."""
    parts = [part for part in (written.strip(), *(one.strip() for one in taken)) if part]
    return "\n\n".join(parts)


def why_not(text: str) -> str | None:
    """None for a text that can be shown and passed on; else "empty" or "long"."""
    if not text.strip():
        return "empty"
    return "long" if len(text) > TEXT_MOST else None
