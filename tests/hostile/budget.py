"""How much is tried: little and always the same in the suite; `HAVN_FUZZ=20` tries twenty times as much, at random."""

import os
from typing import Any

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("HAVN_FUZZ", "0"))


def tries(examples: int) -> Any:
    """Hypothesis settings for about so many examples."""
    return settings(
        max_examples=examples * max(TIMES, 1),
        derandomize=not TIMES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
