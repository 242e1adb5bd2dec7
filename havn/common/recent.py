"""What was read a moment ago: a rush of the same question costs the database one answer."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

# Nobody notices an answer of this age: it is younger than a page is by the time somebody presses its button.
SECONDS = 1.0
MOST = 1000


class Recent(Generic[Answer]):
    """Answers by key, each for `SECONDS` or some `times` that. Safe in several threads.

    Never for what decides what a person may see.
    """

    def __init__(self, times: int = 1) -> None:
        self._times = times
        self._answers: dict[Hashable, tuple[float, Answer]] = {}

    def known(self, key: Hashable) -> Answer | None:
        """The answer, or None when there is none young enough."""
        found = self._answers.get(key)
        return found[1] if found is not None and time.monotonic() - found[0] < SECONDS * self._times else None

    def read(self, key: Hashable, read: Callable[[], Answer]) -> Answer:
        """Ask `read` and keep what it says, unless that is None."""
        answer = read()
        if answer is not None:
            if len(self._answers) >= MOST:
                self._answers.clear()
            self._answers[key] = (time.monotonic(), answer)
        return answer
