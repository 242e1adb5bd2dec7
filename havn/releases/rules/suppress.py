"""Leaving numbers out of a table until nothing that is published gives them back.

First go the numbers that are sensitive by themselves. Then every number left out, in this release and in earlier
ones, is audited; where a reader comes too near, the cheapest shown numbers of this release that would let it move are
left out too (a linear programme after Kelly, Golden and Assad 1992), and it is audited again, until all are safe.

The same is asked for every reader there is: anybody, and for tables of the network each centre that gave to one of
them and so knows its own numbers of all of them.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from havn.releases.rules.audit import Audit, Interval
from havn.releases.rules.own import NEW, OWN_NEW, few_changed, own_numbers
from havn.releases.rules.program import Contradiction, Fact, Program, Soft
from havn.releases.rules.sensitivity import PROTECTS, THRESHOLD, needed, primary
from havn.releases.rules.system import OTHERS, Asked, System
from havn.releases.rules.tables import ALL, NETWORK, Codes, Parts, Published, Table, name_of

# A total is worth more to a reader than a line: leaving one out costs that many times more, for each dimension.
_TOTAL_COSTS = 4.0
Progress = Callable[[float], None]
"""Told how much of the work is done, from 0 to 1."""


class NotSafe(ValueError):
    """Numbers that nothing in this release can protect: what is published already gives them away with it."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        super().__init__(f"{len(asked)} numbers cannot be protected.")
        self.asked = list(asked)


@dataclass(frozen=True)
class Outcome:
    """What may be published, why each number is left out, and what a reader can work out of each."""

    published: Published
    why: dict[Codes, str]
    intervals: dict[Codes, Interval]
    against: tuple[str, ...]
    readers: int
    derived: int


def suppress(
    table: Table, frame: Published, earlier: Sequence[Published] = (), *,
    threshold: int = THRESHOLD, also: Collection[Codes] = (), knows: Mapping[str, Parts] | None = None,
    now: Mapping[str, Parts] | None = None, progress: Progress = lambda share: None,
) -> Outcome:  # fmt: skip
    """Leave out of a table what must not be told, and audit the rest together with earlier releases.

    `frame` says what the release speaks of (population, days, dimensions); what it shows is decided here. `also`: what
    is left out in any case. By key of an earlier table of the network `knows`: what each centre gave to it then, and
    `now`: what it would give to it now. NotSafe where no choice is safe, FewChanged where one or two centres changed
    since. Mismatch or TooMuch where the releases cannot be worked out together.
    """
    same = [one for one in earlier if (one.population, one.first, one.last) == _about(frame)]
    changed = few_changed(table, frame, earlier, knows or {}, now or {})
    why = {**dict.fromkeys(also, PROTECTS), **changed, **primary(table, same, threshold=threshold)}
    lowest = 0 if frame.lowest == 0 or any(not table.whole[codes] for codes in why) else 1
    new = replace(frame, key=NEW, lowest=lowest, dimensions=table.dimensions)
    still = [_still_true(one, table, new) if one in same else one for one in earlier]
    own = own_numbers(still, table, new, knows or {}, now or {})
    readers = [_Reader("", still, table, new, threshold, [])]
    readers += [_Reader(centre, still, table, new, threshold, told) for centre, told in own.items()]
    _protect(readers, why, progress)
    published = _shown(new, table, why)
    intervals = readers[0].intervals(why)
    return Outcome(published, why, intervals, tuple(one.key for one in earlier), len(readers), readers[0].derived)


def _about(one: Published) -> tuple[object, ...]:
    return one.population, one.first, one.last


def _shown(new: Published, table: Table, why: dict[Codes, str]) -> Published:
    shown = {codes: number for codes, number in table.whole.items() if codes not in why}
    return replace(new, shown=shown, hidden=frozenset(why))


def _still_true(old: Published, table: Table, new: Published) -> Published:
    """An earlier release about the same without what the new numbers prove wrong: the reader knows which those are."""
    truth = {name_of(table.dimensions, codes): number for codes, number in table.whole.items()}

    def now(codes: Codes) -> int | None:
        return truth.get(name_of(old.dimensions, codes))

    shown = {codes: number for codes, number in old.shown.items() if now(codes) in (None, number)}
    hidden = {codes for codes in old.hidden if (number := now(codes)) is None or number >= old.lowest}
    return replace(old, shown=shown, hidden=frozenset(hidden))


def _protect(readers: list["_Reader"], why: dict[Codes, str], progress: Progress) -> None:
    """Leave out more until every reader is kept away from every number; NotSafe where that cannot be."""
    done = 0
    quiet = 0
    while quiet < len(readers):
        for reader in readers:
            quiet = 0 if reader.protect(why) else quiet + 1
            done += 1
            progress(min(0.9, done / (2 * len(readers) + 1)))
            if quiet == len(readers):
                return


class _Reader:
    """Somebody with everything that is published and, as a centre, with its own numbers."""

    def __init__(
        self, centre: str, earlier: Sequence[Published], table: Table, new: Published, threshold: int,
        own: Sequence[Published],
    ) -> None:  # fmt: skip
        self.centre, self.table, self.threshold, self.own = centre, table, threshold, own
        self.earlier = [one for one in earlier if not centre or one.population != centre]
        self.names = {name_of(new.dimensions, codes): codes for codes in table.whole}
        self.system = System([*self.earlier, *own, new])
        self.forms = {codes: self.system.form_of(new, codes) for codes in table.whole}
        self.new = new
        said = {one.key: list(self._facts(one)) for one in self.earlier}
        self.old_facts = self._reconciled([fact for facts in said.values() for fact in facts])
        # What the new numbers prove wrong in part tells of a truth that is none any more: it is protected where it
        # can be, and stands in the way of nothing.
        held = {id(fact) for fact in self.old_facts}
        self.contradicted = {key for key, facts in said.items() if any(id(fact) not in held for fact in facts)}
        self.always = [
            *self.old_facts,
            *(Fact(form, 0, 0) for form in self.system.empty(new)),
            *(fact for one in own for fact in self._facts(one)),
        ]
        self.audit: Audit | None = None
        asked = list(self.system.derived(threshold))
        self.derived = len(asked)
        self.asked = [one for one in (*self._asked_before(), *asked) if one.population != centre]

    def protect(self, why: dict[Codes, str]) -> bool:
        """Leave out more where this reader comes too near. Whether anything was."""
        facts = [*self.always, *self._new_facts(why)]
        if self.audit is None:
            self.audit = Audit(self.system, facts)
        else:
            self.audit.relax(facts)
        before = len(why)
        for asked in self._questions(why):
            while not self._is_taken_away(asked, why) and not self._is_safe(asked):
                more = self._more(asked, why)
                if not more:
                    if asked.release in self.contradicted:
                        break
                    raise NotSafe([asked])
                why.update(dict.fromkeys(more, PROTECTS))
                self.audit.relax([*self.always, *self._new_facts(why)])
        return len(why) > before

    def intervals(self, why: dict[Codes, str]) -> dict[Codes, Interval]:
        """What the reader can work out of each number left out of the new release."""
        assert self.audit is not None
        return {codes: self.audit.bounds(self.forms[codes]) for codes in why}

    def _is_taken_away(self, asked: Asked, why: dict[Codes, str]) -> bool:
        """Whether it is a shown number less this centre's own, and none or no small one: so no programme is asked."""
        new, mine = self.new, next((one for one in self.own if one.key == OWN_NEW), None)
        if mine is None or asked.population != OTHERS or asked.span != (new.first, new.last):
            return False
        name = frozenset((k, code) for k, code in zip(asked.dimensions, asked.codes, strict=True) if code != ALL)
        codes = self.names.get(name)
        if codes is None or codes in why:
            return False
        rest = self.table.whole[codes] - mine.shown[codes]
        return rest == 0 or rest >= self.threshold

    def _is_safe(self, asked: Asked) -> bool:
        assert self.audit is not None
        try:
            return self.audit.is_safe(asked, self.threshold)
        except Contradiction:
            raise NotSafe([asked]) from None

    def _questions(self, why: dict[Codes, str]) -> Iterator[Asked]:
        """Every number to keep away from: as `why` grows, those that join it too."""
        done: set[Codes] = set()
        while left := [codes for codes in why if codes not in done]:
            for codes in left:
                done.add(codes)
                yield self._question(codes)
        yield from self.asked
        while left := [codes for codes in why if codes not in done]:
            for codes in left:
                done.add(codes)
                yield self._question(codes)

    def _question(self, codes: Codes) -> Asked:
        given = None
        if self.table.parts is not None and not self.centre:
            given = [whole[codes] for whole in self.table.wholes.values()]
        need = needed(self.table.whole[codes], given, self.threshold)
        new = self.new
        keys = tuple(one.key for one in new.dimensions)
        return Asked(self.forms[codes], need, NEW, codes, keys, (new.first, new.last), new.population)

    def _asked_before(self) -> Iterator[Asked]:
        for one in self.earlier:
            keys = tuple(dimension.key for dimension in one.dimensions)
            for codes in sorted(one.hidden):
                form = self.system.form_of(one, codes)
                yield Asked(form, self.threshold, one.key, codes, keys, (one.first, one.last), one.population)

    def _facts(self, one: Published) -> Iterator[Fact]:
        for codes, number in one.shown.items():
            yield Fact(self.system.form_of(one, codes), number, number)
        for codes in one.hidden:
            yield Fact(self.system.form_of(one, codes), one.lowest, None)
        for form in self.system.empty(one):
            yield Fact(form, 0, 0)

    def _new_facts(self, why: dict[Codes, str]) -> Iterator[Fact]:
        for codes, number in self.table.whole.items():
            if codes in why:
                yield Fact(self.forms[codes], self.new.lowest, None)
            else:
                yield Fact(self.forms[codes], number, number)

    def _more(self, asked: Asked, why: dict[Codes, str]) -> list[Codes]:
        """The cheapest numbers of the new release to leave out so that a number can move; none when nothing helps."""
        assert self.audit is not None
        fixed = [*self.always]
        open_ones: list[Codes] = []
        for codes, number in self.table.whole.items():
            if codes in why:
                fixed.append(Fact(self.forms[codes], self.new.lowest, None))
            elif number:
                open_ones.append(codes)
            else:
                fixed.append(Fact(self.forms[codes], 0, 0))
        low = self.audit.bounds(asked.form).low
        soft = [Soft(self.forms[codes], self.table.whole[codes], self._cost(codes)) for codes in open_ones]
        moved = Program(self.system, fixed, self.audit.cap).give_way(soft, asked.form, low + asked.need)
        return [open_ones[at] for at in moved or ()]

    def _cost(self, codes: Codes) -> float:
        return sqrt(self.table.whole[codes]) * _TOTAL_COSTS ** sum(code == ALL for code in codes)

    def _reconciled(self, old: list[Fact]) -> list[Fact]:
        """Earlier numbers that can be true together with the new ones: of those that cannot, the fewest give way.

        A corrected quarter contradicts the year that was published before; a reader knows that, and believes the rest.
        """
        truth = self.table.whole
        certain = [Fact(form, truth[codes], truth[codes]) for codes, form in self.forms.items()]
        certain += [Fact(form, 0, 0) for form in self.system.empty(self.new)]
        certain += [fact for one in self.own for fact in self._facts(one)]
        if not old or Audit(self.system, [*old, *certain]).is_possible():
            return old
        shown = [fact for fact in old if fact.high is not None]
        hidden = [fact for fact in old if fact.high is None]
        cap = 10 * max((fact.low for fact in (*old, *certain)), default=0) + 1000
        soft = [Soft(fact.form, fact.low, 1.0) for fact in shown]
        for least in (hidden, []):
            moved = Program(self.system, [*certain, *least], cap).give_way(soft, {}, 0)
            if moved is None:
                continue
            left = [fact for at, fact in enumerate(shown) if at not in set(moved)] + least
            if Audit(self.system, [*left, *certain]).is_possible():
                return left
        return []


def frame_of(table: Table, centre: str, first: dt.date, last: dt.date) -> Published:
    """What a new release speaks of, before it is decided what it shows. A table of several centres is the network's."""
    population = centre if table.parts is None else NETWORK
    return Published(NEW, population, first, last, table.dimensions, {}, frozenset())
