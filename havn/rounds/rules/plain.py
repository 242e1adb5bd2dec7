"""Answers that a system or a page sends as data, made safe to keep."""

import math
from typing import Any

DEEPEST = 8
"""A table in a row of a repeated section is four deep."""


def plain(value: Any, deep: int = 0) -> Any:
    """The same without NUL, which no database keeps. Raises ValueError for NaN, infinity and what nests too deep."""
    if deep > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("no number")
    if isinstance(value, list):
        return [plain(one, deep + 1) for one in value]
    if isinstance(value, dict):
        return {str(key).replace("\0", ""): plain(one, deep + 1) for key, one in value.items()}
    return value
