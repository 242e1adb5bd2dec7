"""Which step of a lesson was asked for."""


def step_asked(asked: str, count: int) -> int:
    """The number of the step, from 1 to `count`: the first for what is no number, the nearest for one out of range."""
    if not asked.isascii() or not asked.isdigit():
        return 1
    return min(max(int(asked[:6]), 1), count)
