"""The audit: what the best reader can work out of everything that is published.

For each number left out the smallest and the largest value is looked for that fits every shown number of every
release: two linear programmes (Fischetti and Salazar 2001; the "audit" of tau-ARGUS; HiGHS solves them). A linear
programme also allows broken numbers, so its bounds may be wider than what whole people allow. They are therefore
never believed by themselves: a bound counts only with a filling in whole numbers that reaches it, the corner that
the programme found or, where that is broken, one found by branching. Where none is found in time the number counts as
known. So a mistake leaves out too much and never too little.

A number is safe when the interval between two such fillings is at least as wide as needed. A number that nobody
published but that others add up to is safe also when it is certainly none, or certainly no small one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from havn.releases.rules.program import Contradiction, Fact, Program
from havn.releases.rules.system import Asked, Form, System

if TYPE_CHECKING:
    import numpy as np

_FIRST_ROOM = 64


@dataclass(frozen=True, slots=True)
class Interval:
    """From the lowest to the highest value that fits. `high` None: nothing that is published ends it."""

    low: int
    high: int | None

    def is_wide(self, need: int) -> bool:
        return self.high is None or self.high - self.low >= need


class Audit:
    """Bounds of sums in one system. Fillings found once serve every later question."""

    def __init__(self, system: System, facts: Iterable[Fact]) -> None:
        self.system = system
        facts = list(facts)
        self.cap = 10 * max((fact.low for fact in facts), default=0) + 1000
        self._known: np.ndarray[Any, Any] | None = None
        self._many = 0
        self._program = Program(system, facts, self.cap)

    def relax(self, facts: Iterable[Fact]) -> None:
        """Go on with facts that tell less than those before: every filling found still fits."""
        self._program = Program(self.system, facts, self.cap)

    def bounds(self, form: Form) -> Interval:
        """The interval of a sum in whole numbers. Contradiction where nothing fits."""
        high = self._best(form, -1)
        return Interval(self._best(form, 1), None if high >= self.cap else high)

    def is_safe(self, asked: Asked, threshold: int) -> bool:
        """Whether a reader cannot come too near; stops as soon as two fillings show it."""
        low, high = self._seen(asked.form) or (0, -1)
        if high - low >= asked.need:
            return True
        top = self._best(asked.form, -1)
        low, high = self._seen(asked.form) or (top, top)
        if high - low >= asked.need or (asked.is_derived and top == 0):
            return True
        bottom = self._best(asked.form, 1)
        return top - bottom >= asked.need or (asked.is_derived and bottom >= threshold)

    def is_possible(self) -> bool:
        """Whether anything fits at all."""
        try:
            self._best({}, 1)
        except Contradiction:
            return False
        return True

    def _best(self, form: Form, sign: int) -> int:
        import numpy as np

        value, filling = self._program.best(form, sign)
        if self._known is None:
            self._known = np.zeros((_FIRST_ROOM, self.system.size), dtype=np.int64)
        elif self._many == len(self._known):
            self._known = np.vstack([self._known, np.zeros_like(self._known)])
        self._known[self._many] = filling
        self._many += 1
        return value

    def _seen(self, form: Form) -> tuple[int, int] | None:
        """The least and the greatest value of a sum in the fillings found so far."""
        if self._known is None:
            return None
        values = self._known[: self._many, list(form)] @ list(form.values())
        return int(values.min()), int(values.max())
