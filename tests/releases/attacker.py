"""A reader who wants to know: takes published tables as everybody gets them, and works out what they hide.

Written apart from the audit and in another way: every published number is a variable of its own, named by what it
counts, and every sum that a reader knows is an equation. HiGHS's branch and bound finds whole numbers. Nothing of
`havn.releases.rules` is used: the tables come as the JSON that is stored and downloaded.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Name = tuple[str, str, frozenset[tuple[str, str]]]
"""Whose, which days, and which codes of which dimensions."""
Equation = tuple[Name, Sequence[Name]]
MOST = 5000


class Attacker:
    """What somebody has: tables by whose and which days, and sums between days and centres."""

    def __init__(self, tables: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
        self.known: dict[Name, int] = {}
        self.hidden: dict[Name, int] = {}
        self.equations: list[Equation] = []
        self.names: dict[Name, int] = {}
        for whose, days, table in tables:
            self._read(whose, days, table)

    def learn(self, name: Name, value: int) -> None:
        """Something known from elsewhere, such as a centre's own number."""
        self._variable(name)
        self.known[name] = value

    def know(self, whose: str, days: str, **codes: str) -> None:
        """That there is such a number, though nobody published it."""
        self._variable((whose, days, frozenset(codes.items())))

    def add_up(self, whole: tuple[str, str], parts: Sequence[tuple[str, str]]) -> None:
        """What stands for several others: a year for its quarters, the network for its centres. For every cell."""
        cells = {codes for _whose, _days, codes in self.names}
        for codes in sorted(cells, key=sorted):
            name: Name = (*whole, codes)
            pieces: list[Name] = [(*part, codes) for part in parts]
            for one in (name, *pieces):
                self._variable(one)
            self.equations.append((name, pieces))

    def interval(self, name: Name) -> tuple[int, int]:
        """The least and the greatest whole number that fits everything."""
        many = len(self.names)
        low, high = np.zeros(many), np.full(many, float(MOST))
        for one, value in self.known.items():
            low[self.names[one]] = high[self.names[one]] = value
        for one, least in self.hidden.items():
            if one not in self.known:
                low[self.names[one]] = max(low[self.names[one]], least)
        rows = np.zeros((len(self.equations), many))
        for at, (whole, parts) in enumerate(self.equations):
            rows[at, self.names[whole]] -= 1
            for part in parts:
                rows[at, self.names[part]] += 1
        found = []
        for sign in (1, -1):
            cost = np.zeros(many)
            cost[self.names[name]] = sign
            answer = milp(
                cost, integrality=np.ones(many), bounds=Bounds(low, high),
                constraints=[LinearConstraint(rows, 0, 0)] if len(rows) else [],
            )  # fmt: skip
            assert answer.x is not None, "The tables contradict each other."
            found.append(round(float(answer.x[self.names[name]])))
        return found[0], found[1]

    def recovered(self, threshold: int) -> list[tuple[Name, tuple[int, int]]]:
        """The hidden numbers that are known to within fewer than `threshold` steps."""
        found = [(name, self.interval(name)) for name in self.hidden]
        return [(name, (low, high)) for name, (low, high) in found if high - low < threshold]

    def _variable(self, name: Name) -> None:
        self.names.setdefault(name, len(self.names))

    def _read(self, whose: str, days: str, table: Mapping[str, Any]) -> None:
        keys = [one["key"] for one in table["dimensions"]]

        def named(codes: Sequence[str]) -> Name:
            return whose, days, frozenset((key, code) for key, code in zip(keys, codes, strict=True) if code)

        cells = [tuple(cell["codes"]) for cell in table["cells"]]
        for cell in table["cells"]:
            name = named(cell["codes"])
            self._variable(name)
            if cell["count"] is None:
                self.hidden[name] = max(table["lowest"], self.hidden.get(name, 0))
            else:
                self.known[name] = cell["count"]
        for at, dimension in enumerate(table["dimensions"]):
            inside: dict[str, list[str]] = {}
            for part in dimension["categories"]:
                inside.setdefault(part["parent"], []).append(part["code"])
            for codes in cells:
                if codes[at] in inside:
                    parts = [named((*codes[:at], part, *codes[at + 1 :])) for part in inside[codes[at]]]
                    self.equations.append((named(codes), parts))
