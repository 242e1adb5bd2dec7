"""What the program checks while somebody types: lists, whole numbers, ranges. The reading checks everything again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from havn.forms.rules.definition import Question
from havn.forms.rules.limits import LARGEST_NUMBER
from havn.forms.sheets.look import sheet_name
from havn.forms.sheets.slots import Kind, Slot
from havn.forms.sheets.values import MARK, written_text

LISTS = "havn-lists"


class Limits:
    """Gathers what the cells of a workbook may hold: the same limit once a sheet, each list once in a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.lists: dict[tuple[tuple[str, str], ...], str] = {}
        self.known: dict[tuple[str, object], tuple[DataValidation, dict[int, list[int]]]] = {}
        self.sheet: Worksheet | None = None

    def add(self, sheet: Worksheet, cell: Cell, slot: Slot) -> None:
        """Limit this cell to what its slot takes."""
        key = (sheet.title, (slot.kind, slot.choices, slot.least, slot.most, slot.longest))
        if key not in self.known:
            self.known[key] = (self._made(slot), {})
            sheet.add_data_validation(self.known[key][0])
        self.known[key][1].setdefault(cell.column, []).append(cell.row)

    def close(self) -> None:
        """Say which cells each limit is for, and hide the lists behind the other sheets."""
        for made, columns in self.known.values():
            made.sqref = MultiCellRange(" ".join(_ranges(columns)))
        if self.sheet is not None:
            self.sheet.sheet_state = "hidden"
            self.sheet.protection.sheet = True

    def _made(self, slot: Slot) -> DataValidation:
        least = -LARGEST_NUMBER if slot.least is None else slot.least
        most = LARGEST_NUMBER if slot.most is None else slot.most
        match slot.kind:
            case Kind.CHOICE | Kind.YES_NO:
                made = DataValidation(type="list", formula1=self._list(slot.choices))
            case Kind.TICK:
                made = DataValidation(type="list", formula1=f'"{MARK}"')
            case Kind.WHOLE | Kind.NUMBER:
                kind = "whole" if slot.kind is Kind.WHOLE else "decimal"
                made = DataValidation(type=kind, operator="between", formula1=_plain(least), formula2=_plain(most))
            case Kind.DATE:
                made = DataValidation(type="date", operator="greaterThan", formula1="1")
            case _:
                made = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(slot.longest))
        made.allowBlank = made.showErrorMessage = True
        made.errorTitle, made.error = _("This does not fit here")[:32], _error(slot, least, most)[:250]
        return made

    def _list(self, choices: tuple[tuple[str, str], ...]) -> str:
        if choices not in self.lists:
            if self.sheet is None:
                self.sheet = self.book.create_sheet(
                    sheet_name(LISTS, {name.casefold() for name in self.book.sheetnames})
                )
            column = len(self.lists) + 1
            for row, (_code, label) in enumerate(choices, start=1):
                cell = self.sheet.cell(row, column)
                cell.value, cell.data_type = written_text(label), "s"
            letter, name = get_column_letter(column), self.sheet.title
            self.lists[choices] = f"'{name}'!${letter}$1:${letter}${max(1, len(choices))}"
        return self.lists[choices]


def _ranges(columns: dict[int, list[int]]) -> Iterator[str]:
    """Cells below one another as one range."""
    for column, rows in columns.items():
        letter, first = get_column_letter(column), rows[0]
        for row, following in zip(rows, [*rows[1:], 0], strict=True):
            if following != row + 1:
                yield f"{letter}{first}:{letter}{row}"
                first = following


def hint_of(slot: Slot, unit: str, question: Question) -> str:
    """What may be written into a cell, in words."""
    parts = [_("Must be answered")] if question.required else []
    match slot.kind:
        case Kind.CHOICE | Kind.YES_NO:
            parts.append(_("Choose from the list"))
        case Kind.TICK:
            parts.append(_("Write an x to choose this"))
        case Kind.WHOLE | Kind.NUMBER:
            parts.append(_numbers(slot))
        case Kind.DATE:
            parts.append(_("A date, such as 2026-11-29"))
        case Kind.TEXT:
            parts.append(_("At most %(longest)d letters") % {"longest": slot.longest})
    if unit:
        parts.append(unit)
    return " · ".join(parts)


def _numbers(slot: Slot) -> str:
    whole = slot.kind is Kind.WHOLE
    words = {"least": _plain(slot.least), "most": _plain(slot.most)}
    if slot.least is not None and slot.most is not None:
        said = _("A whole number from %(least)s to %(most)s") if whole else _("A number from %(least)s to %(most)s")
    elif slot.least is not None:
        said = _("A whole number from %(least)s") if whole else _("A number from %(least)s")
    elif slot.most is not None:
        said = _("A whole number up to %(most)s") if whole else _("A number up to %(most)s")
    else:
        said = _("A whole number") if whole else _("A number")
    return said % words


def _error(slot: Slot, least: float, most: float) -> str:
    match slot.kind:
        case Kind.CHOICE | Kind.YES_NO:
            return _("Choose one of the list.")
        case Kind.TICK:
            return _("Write an x to choose this, or leave it empty.")
        case Kind.WHOLE:
            return _("A whole number from %(least)s to %(most)s.") % {"least": _plain(least), "most": _plain(most)}
        case Kind.NUMBER:
            return _("A number from %(least)s to %(most)s.") % {"least": _plain(least), "most": _plain(most)}
        case Kind.DATE:
            return _("A date, such as 2026-11-29.")
        case Kind.TEXT:
            return _("At most %(longest)d letters.") % {"longest": slot.longest}


def _plain(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else repr(float(number))
