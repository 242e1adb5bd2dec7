"""Answers that a system or a page sends as data, made safe to keep."""

import math
from typing import Any

DEEPEST = 8
"""A table in a row of a repeated section is four deep."""


def plain(value: Any, deep: int = 0) -> Any:
    """The same without NUL and halves of letters, which no database and no page takes.

    Raises ValueError for NaN, infinity and what nests too deep.
    """
    if deep > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("no number")
    if isinstance(value, list):
        return [plain(one, deep + 1) for one in value]
    if isinstance(value, dict):
        return {plain_text(str(key)): plain(one, deep + 1) for key, one in value.items()}
    return value


def plain_text(text: str) -> str:
    """The same without NUL, and without surrogates that stand alone: JSON may hold them, UTF-8 may not."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
