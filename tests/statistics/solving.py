"""Filling in what a file leaves out: another way to fill it in, in which one number is another."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence

Sum = tuple[str, Sequence[str]]
"""A number by its name, and the names of those that add up to it."""
_NODES = 3000


class Puzzle:
    """Numbers by name, the sums that a reader knows, and what is left out: at least 1 each."""

    def __init__(self, truth: Mapping[str, int], sums: Sequence[Sum], hidden: Collection[str]) -> None:
        self.truth, self.sums, self.hidden = truth, sums, sorted(hidden)
        self.most = max(truth.values(), default=0) + 4
        self.among: defaultdict[str, list[int]] = defaultdict(list)
        for at, (whole, parts) in enumerate(sums):
            assert truth[whole] == sum(truth[part] for part in parts), whole
            for name in {whole, *parts}:
                self.among[name].append(at)

    def told(self) -> set[str]:
        """The names left out that no filling found gives another number."""
        left = set(self.hidden)
        for name in self.hidden:
            if name in left and (found := self._other(name)):
                self._hold(found)
                left -= {one for one, number in found.items() if number != self.truth[one]}
        return left

    def _other(self, name: str) -> dict[str, int] | None:
        order = self._nearest(name)
        true = self.truth[name]
        for other in sorted(set(range(1, self.most + 1)) - {true}, key=lambda one: abs(one - true))[:6]:
            self.nodes = _NODES
            span = {one: (number, number) for one, number in self.truth.items()}
            span |= dict.fromkeys(order, (1, self.most)) | {name: (other, other)}
            if self._narrow(span, range(len(self.sums))) and (found := self._fill(span, order)):
                return found
        return None

    def _fill(self, span: dict[str, tuple[int, int]], order: Sequence[str]) -> dict[str, int] | None:
        self.nodes -= 1
        at = next((at for at, one in enumerate(order) if span[one][0] < span[one][1]), None)
        if at is None:
            return {one: low for one, (low, _high) in span.items()}
        name = order[at]
        low, high = span[name]
        for number in sorted(range(low, high + 1), key=lambda one: abs(one - self.truth[name])):
            if self.nodes < 0:
                return None
            tried = span | {name: (number, number)}
            if self._narrow(tried, self.among[name]) and (found := self._fill(tried, order[at + 1 :])):
                return found
        return None

    def _narrow(self, span: dict[str, tuple[int, int]], first: Sequence[int]) -> bool:
        """Bring every span within what its sums allow; False when none is left."""
        waiting = deque(first)
        while waiting:
            whole, parts = self.sums[waiting.popleft()]
            terms = [(whole, -1), *((part, 1) for part in parts)]
            lows = sum(min(sign * span[one][0], sign * span[one][1]) for one, sign in terms)
            highs = sum(max(sign * span[one][0], sign * span[one][1]) for one, sign in terms)
            for one, sign in terms:
                low, high = span[one]
                if low == high:
                    continue
                least, most = min(sign * low, sign * high), max(sign * low, sign * high)
                # All the others together lie between these: so this one can't lie beyond their opposites.
                bounds = sorted((sign * -(highs - most), sign * -(lows - least)))
                found = max(low, bounds[0]), min(high, bounds[1])
                if found[0] > found[1]:
                    return False
                if found != (low, high):
                    span[one] = found
                    ends = sorted((sign * found[0], sign * found[1]))
                    lows, highs = lows - least + ends[0], highs - most + ends[1]
                    waiting.extend(at for at in self.among[one] if at not in waiting)
            if not lows <= 0 <= highs:
                return False
        return True

    def _nearest(self, name: str) -> list[str]:
        seen, order = {name}, [name]
        for one in order:
            for at in self.among[one]:
                for other in (self.sums[at][0], *self.sums[at][1]):
                    if other not in seen:
                        seen.add(other)
                        order.append(other)
        hidden = set(self.hidden)
        return [one for one in order if one in hidden]

    def _hold(self, found: Mapping[str, int]) -> None:
        """A filling is one: what is shown is as it is, what is left out at least 1, every sum right."""
        hidden = set(self.hidden)
        assert all(number >= 1 if name in hidden else number == self.truth[name] for name, number in found.items())
        assert all(found[whole] == sum(found[part] for part in parts) for whole, parts in self.sums)
