"""Linear programmes over a system of sums: what fits all facts, and which facts must give way for something else.

SciPy is loaded when the first programme is solved: nobody who only reads pages pays for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from havn.releases.rules.system import Form, System

if TYPE_CHECKING:
    import numpy as np

_NEAR = 1e-5
_MOVED = 1e-6
_SECONDS_TO_BRANCH = 5.0


class Contradiction(ValueError):
    """No whole numbers fit everything that the releases say."""


@dataclass(frozen=True)
class Fact:
    """What a reader knows of a sum: the least and the most that it is, both the same for a number that is shown."""

    form: Form
    low: int
    high: int | None


@dataclass(frozen=True)
class Soft:
    """A shown number that may give way: its sum, its value, and what each step away from it costs."""

    form: Form
    value: int
    cost: float


class Program:
    """Rows and bounds of what is certain. A fact about a single unknown becomes its bounds."""

    def __init__(self, system: System, facts: Iterable[Fact], cap: int) -> None:
        import numpy as np

        self.size = system.size
        self.bounds = np.zeros((system.size, 2))
        self.bounds[:, 1] = cap
        equal: list[tuple[Form, int]] = [(form, 0) for form in system.ties()]
        least: list[tuple[Form, int]] = []
        for fact in facts:
            if len(fact.form) == 1:
                (at,) = fact.form
                self.bounds[at, 0] = max(self.bounds[at, 0], fact.low)
                if fact.high is not None:
                    self.bounds[at, 1] = min(self.bounds[at, 1], fact.high)
            elif fact.high is not None:
                equal.append((fact.form, fact.low))
            elif fact.low > 0:
                least.append((fact.form, fact.low))
        self.is_impossible = bool((self.bounds[:, 0] > self.bounds[:, 1]).any())
        self.equal = _matrix([form for form, _ in equal], system.size)
        self.values = np.array([value for _, value in equal], dtype=float)
        self.least = _matrix([form for form, _ in least], system.size)
        self.floors = np.array([value for _, value in least], dtype=float)

    def best(self, form: Form, sign: int) -> "tuple[int, np.ndarray[Any, Any]]":
        """The least (1) or greatest (-1) value of a sum that whole numbers reach, and the filling that reaches it.

        Contradiction where nothing fits, or no filling in whole numbers was found in time.
        """
        import numpy as np
        from scipy.optimize import linprog

        if self.is_impossible:
            raise Contradiction
        cost = np.zeros(self.size)
        for at, often in form.items():
            cost[at] = sign * often
        found = linprog(cost, -self.least, -self.floors, self.equal, self.values, self.bounds, method="highs")
        if found.status != 0:
            raise Contradiction
        filling = np.rint(found.x)
        if np.abs(found.x - filling).max(initial=0.0) > _NEAR:
            filling = self._branched(cost)
        whole = filling.astype(np.int64)
        return sum(int(whole[at]) * often for at, often in form.items()), whole

    def _branched(self, cost: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows = [
            LinearConstraint(self.equal, self.values, self.values),
            LinearConstraint(self.least, self.floors, np.inf),
        ]
        found = milp(
            cost,
            integrality=np.ones(self.size),
            bounds=Bounds(self.bounds[:, 0], self.bounds[:, 1]),
            constraints=[row for row in rows if row.A.shape[0]],
            options={"time_limit": _SECONDS_TO_BRANCH},
        )
        if found.x is None:
            raise Contradiction
        whole: np.ndarray[Any, Any] = np.rint(found.x)
        return whole

    def give_way(self, soft: Sequence[Soft], wanted: Form, least: int) -> list[int] | None:
        """Which shown numbers must give way, at the least cost, for a sum to reach a value; None when none can help."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import eye, hstack, vstack

        if self.is_impossible:
            return None
        many = len(soft)
        aside = eye(many, format="csr")
        equal = vstack([
            hstack([self.equal, _empty(self.equal.shape[0], 2 * many)]),
            hstack([_matrix([one.form for one in soft], self.size), -aside, aside]),
        ], format="csr")  # fmt: skip
        rows = vstack([self.least, _matrix([wanted] if wanted else [], self.size)])
        rows = hstack([rows, _empty(rows.shape[0], 2 * many)], format="csr")
        floors = np.append(self.floors, [least] if wanted else [])
        most = [one.value - 1 if one.value else 0 for one in soft]
        bounds = np.vstack([
            self.bounds,
            np.column_stack([np.zeros(many), np.full(many, np.inf)]),
            np.column_stack([np.zeros(many), np.array(most, dtype=float)]),
        ])  # fmt: skip
        prices = np.array([one.cost for one in soft], dtype=float)
        cost = np.concatenate([np.zeros(self.size), prices, prices])
        values = np.append(self.values, [one.value for one in soft])
        found = linprog(cost, -rows, -floors, equal, values, bounds, method="highs")
        if found.status != 0:
            return None
        moved = found.x[self.size : self.size + many] + found.x[self.size + many :]
        return [at for at in range(many) if moved[at] > _MOVED]


def _matrix(forms: Sequence[Form], width: int) -> Any:
    from scipy.sparse import csr_matrix

    rows = [row for row, form in enumerate(forms) for _ in form]
    columns = [at for form in forms for at in form]
    values = [often for form in forms for often in form.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(forms), width), dtype=float)


def _empty(height: int, width: int) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((height, width), dtype=float)
