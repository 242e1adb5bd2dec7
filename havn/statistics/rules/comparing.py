"""Shares and changes, each by its right name: a count changes by per cent, a share by percentage points."""


def share(part: int, whole: int) -> float | None:
    """How much of the whole, 0 to 100; None of nothing."""
    return 100 * part / whole if whole else None


def change_percent(now: int, before: int) -> float | None:
    """By how many per cent a count changed; None when there was nothing before."""
    return 100 * (now - before) / before if before else None


def change_points(now: float | None, before: float | None) -> float | None:
    """By how many percentage points a share changed; None when one of the two is unknown."""
    return None if now is None or before is None else now - before
