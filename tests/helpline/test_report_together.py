"""All tables of a file at once: whoever adds and subtracts across them learns no number that is left out."""

import datetime as dt
import random
from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

import pytest

from havn.helpline import report_filed
from havn.helpline.queries.reports import reason_spans, taken_over
from havn.helpline.report_filed import REPORTS
from havn.helpline.report_files import for_others
from havn.helpline.report_tables import tables_of
from havn.helpline.rules.figures import Cell, Facts, Reason, cells_of
from havn.helpline.rules.reports import Figures, figures_of
from havn.statistics.rules.periods import Kind, Period, period_of
from havn.statistics.rules.tables import Table, Written, written
from tests.helpline.figures import TALK, helpline
from tests.statistics.solving import Puzzle

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Oslo")
QUARTER = period_of(Kind.QUARTER, dt.date(2026, 2, 1))
OVER_THE_CHANGE = period_of(Kind.SPAN, dt.date(2023, 3, 1), dt.date(2023, 4, 30))
# What the sum of a list is, and what a grid's lines and columns are, in words of this test.
SUMS = {
    **dict.fromkeys(("person", "age", "gender", "scope", "risk", "length", "outcome", "reason-joined"), "end/answered"),
    **dict.fromkeys(("length-without-talk", "outcome-without-talk"), "end/without-talk"),
    **dict.fromkeys(("place", "platform", "channel"), "scope/online"),
    "language": "offered", "attempts": "offered", "waiting": "offered", "load": "offered",
    **dict.fromkeys(("reason-age", "reason-gender", "chi-group", "chi-gender", "chi-age"), "end/answered"),
}  # fmt: skip
ROWS = {"reason-age": "main", "reason-gender": "main", "chi-gender": "chi-group", "chi-age": "chi-group"}
COLUMNS = {
    "attempts": "end", "waiting": "end", "reason-age": "age", "chi-age": "age", "reason-gender": "gender",
    "chi-gender": "gender",
}  # fmt: skip


def facts(dice: random.Random, day: dt.date) -> Facts:
    """A contact; most are alike, so that some numbers are large and some small."""
    version = "insafe-reasons-2023" if day >= dt.date(2023, 4, 1) else "insafe-reasons-2018"
    reasons = ["oscec" if "2023" in version else "sextortion", "grooming", "gaming", "cyberbullying"]
    moment = dt.datetime.combine(day, dt.time(15), tzinfo=dt.UTC)
    if dice.random() < 0.3:
        return Facts(moment, dice.choice(["chat", "phone"]), dice.choice(["left", "closed"]), "en", "5-15")
    main = dice.choices(reasons, [6, 5, 2, 1])[0]
    online = dice.choices([True, False, None], [7, 2, 1])[0]
    values = TALK | {
        "person": dice.choice(["teen-12-18", "teen-12-18", "child-5-11"]),
        "age_band": dice.choices(["12-14", "15-18", "9-11", ""], [6, 4, 1, 1])[0],
        "gender": dice.choices(["girl-or-woman", "boy-or-man", "other"], [6, 4, 1])[0],
        "place": dice.choice(["gaming", "gaming", "messaging"]),
        "platform": dice.choice(["Roblox", "Roblox", "TikTok"]),
        "length_band": dice.choices(["15-30", "5-15", ""], [6, 3, 1])[0],
        "waiting_band": dice.choices(["1-5", "5-15", ""], [6, 3, 1])[0],
        "outcome": dice.choices(["listened", "referred", "silent", "test"], [7, 3, 2, 1])[0],
        "risk": dice.choices(["none", "some"], [5, 1])[0],
        "online": online,
    }
    if not online:
        values |= {"place": "", "platform": ""}
    return Facts(moment, reasons=[Reason(version, main, True)], **values)


class Reader:
    """What a reader of a file has: the numbers by what they are, their sums, and what is left out."""

    def __init__(self, tables: list[Table]) -> None:
        self.truth: dict[str, int] = {}
        self.sums: list[tuple[str, list[str]]] = []
        self.hidden: set[str] = set()
        self.seen: set[str] = set()
        # One number elsewhere is several here: the same reason in the list of each version, the talks of each list.
        self.in_parts: defaultdict[str, list[str]] = defaultdict(list)
        for at, (table, one) in enumerate(zip(tables, written(tables, masked=True), strict=True)):
            (self._list if table.is_list else self._grid)(at, table, one)
        self.sums += [(whole, parts) for whole, parts in self.in_parts.items() if whole in self.truth]
        assert not self.hidden & self.seen

    def puzzle(self) -> Puzzle:
        return Puzzle(self.truth, self.sums, self.hidden)

    def _put(self, name: str, number: int, shown: int | None) -> str:
        assert self.truth.setdefault(name, number) == number, name
        assert shown in (None, number)
        (self.hidden if shown is None else self.seen).add(name)
        return name

    def _list(self, at: int, table: Table, one: Written) -> None:
        version = table.key == "reason" or table.key.startswith("reason-insafe")
        key = f"list {at}" if version else "main" if table.key == "reason-joined" else table.key
        total = self._put(f"total {at}" if version else SUMS.get(table.key, f"total {at}"), table.total, one.total)
        parts = [
            self._put(f"{key}/{line.code}", line.numbers[0], row[0])
            for line, row in zip(table.lines, one.cells, strict=True)
        ]
        self.sums.append((total, parts))
        if version:
            self.in_parts["end/answered" if table.key == "reason" else "scope/online"].append(total)
            for line, name in zip(table.lines, parts, strict=True):
                self.in_parts[f"main/{taken_over().get(line.code, line.code)}"].append(name)

    def _grid(self, at: int, table: Table, one: Written) -> None:
        across, down = COLUMNS.get(table.key, f"column {at}"), ROWS.get(table.key, f"row {at}")
        by_column = [sum(line.numbers[place] for line in table.lines) for place in range(len(table.columns))]
        codes = table.column_codes or table.columns
        columns = [
            self._put(f"{across}/{code}", number, shown)
            for code, number, shown in zip(codes, by_column, one.column_totals, strict=True)
        ]
        rows, cells = [], []
        for place, line in enumerate(table.lines):
            rows.append(self._put(f"{down}/{line.code or place}", sum(line.numbers), one.row_totals[place]))
            numbers = zip(line.numbers, one.cells[place], strict=True)
            cells.append([self._put(f"{at}/{place}/{n}", *pair) for n, pair in enumerate(numbers)])
        total = self._put(SUMS[table.key], table.total, one.total)
        self.sums += [*zip(rows, cells, strict=True), (total, rows), (total, columns)]
        self.sums += [(name, [row[place] for row in cells]) for place, name in enumerate(columns)]


@pytest.mark.parametrize("seed", range(6))
def test_no_number_left_out_can_be_told_from_all_tables_of_a_file(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    helpline()
    dice = random.Random(seed)
    period: Period = OVER_THE_CHANGE if seed % 2 else QUARTER
    found: Counter[Cell] = Counter()
    for _number in range(dice.choice([12, 30, 60])):
        day = period.first + dt.timedelta(days=dice.randrange(period.days))
        found += cells_of(facts(dice, day), ZONE)
    now = figures_of(found)
    monkeypatch.setattr(report_filed, "figures", lambda *_args, **_more: now)
    files = {name: make([1], period).tables for name, make in REPORTS.items()}
    files["figures"] = tables_of(now, Figures({}), reason_spans(period))
    for name, tables in files.items():
        asked = Reader(for_others(tables)).puzzle()
        assert asked.hidden
        assert not asked.told(), name
