"""Tables as files take them out: which sentences stand above them, and which numbers are left out."""

from django.utils.translation import gettext as _

from havn.helpline import words_reports as words
from havn.statistics.export import Sheet, Value
from havn.statistics.rules.comparing import share
from havn.statistics.rules.masking import THRESHOLD
from havn.statistics.rules.periods import Period
from havn.statistics.rules.tables import Table, Written, written


def sheets_of(
    tables: list[Table], *, whole: bool, about: str, period: Period, notes: list[str], masked_mark: str = "…"
) -> list[Sheet]:
    """A sheet for each table. `about` names helpline and report; `whole` leaves nothing out and says so on each."""
    kept = [table for table in tables if table.lines] if whole else for_others(tables)
    return [
        Sheet(
            table.title,
            [
                about,
                words.period_label(period),
                *_standing(one, whole=whole),
                *notes,
                *([table.note] if table.note else []),
            ],
            _heads(table, whole=whole),
            _rows(table, one, whole=whole, mark=masked_mark),
        )
        for table, one in zip(kept, written(kept, masked=not whole), strict=True)
    ]


def for_others(tables: list[Table]) -> list[Table]:
    """The tables that a file for others has: without those that would tell what its others leave out."""
    return [table for table in tables if table.lines and not table.inside]


def _standing(one: Written, *, whole: bool) -> list[str]:
    if whole:
        return [_("For use inside the organisation alone: small numbers are in it. Do not pass it on.")]
    sentence = _("Numbers below %(threshold)s, and others that would give them back, are left out.")
    return [sentence % {"threshold": THRESHOLD}, *([words.left_out(len(one.left_out))] if one.left_out else [])]


def _heads(table: Table, *, whole: bool) -> list[str]:
    if not table.is_list:
        return [table.head, *table.columns, *([_("Total")] if table.adds_up else [])]
    heads = [table.head, *table.columns]
    if table.adds_up:
        heads.append(_("Share, per cent"))
    if whole and table.before:
        heads.append(_("Period before"))
    return heads


def _rows(table: Table, one: Written, *, whole: bool, mark: str) -> list[list[Value]]:
    def seen(number: int | None) -> Value:
        return mark if number is None else number

    rows: list[list[Value]] = []
    for place, (line, numbers) in enumerate(zip(table.lines, one.cells, strict=True)):
        row: list[Value] = [line.label, *(seen(number) for number in numbers)]
        if table.is_list and table.adds_up:
            row.append(_share(numbers[0], one.total))
        if table.is_list and whole and table.before:
            row.append(table.before[place])
        if not table.is_list and table.adds_up:
            row.append(seen(one.row_totals[place]))
        rows.append(row)
    if table.adds_up:
        sums = one.column_totals if not table.is_list else []
        rows.append([_("Total"), *(seen(number) for number in sums), seen(one.total)])
    return rows


def _share(number: int | None, total: int | None) -> Value:
    """To one decimal; none where number or total is left out, which the share would give back."""
    found = share(number, total) if number is not None and total is not None else None
    return None if found is None else round(found, 1)
