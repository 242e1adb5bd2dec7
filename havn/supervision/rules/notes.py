"""How long a note to the next shift stays, and for whom it is new."""

DAY_MS = 86_400_000
KEEP_DAYS = (1, 31)
LONGEST = 2_000


def goes_at_ms(*, at_ms: int, days: int) -> int:
    """From when on the next purge destroys it."""
    return at_ms + days * DAY_MS


def is_over(*, at_ms: int, days: int, now_ms: int) -> bool:
    """Whether its time has come. From then on it is shown to nobody, whether or not the purge has run."""
    return goes_at_ms(at_ms=at_ms, days=days) <= now_ms


def is_new(*, at_ms: int, by: int, reader: int, last_duty_ended_ms: int | None) -> bool:
    """Whether somebody who comes on duty has not had it before: a colleague's, from after the own last duty."""
    return by != reader and (last_duty_ended_ms is None or at_ms > last_duty_ended_ms)
