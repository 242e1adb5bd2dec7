"""Shares in per cent that give nothing back.

A share is worked out from two numbers that are both shown, so it tells nothing that they do not tell; where either is
left out there is none. It is a whole per cent, and of fewer than `LEAST_BASE` there is none: "14 % of 7" is one child.
"""

LEAST_BASE = 50


def share(part: int | None, whole: int | None) -> int | None:
    """Whole per cent, halves to even; None where a number is left out or the whole is too small."""
    if part is None or whole is None or whole < LEAST_BASE:
        return None
    return round(100 * part / whole)
