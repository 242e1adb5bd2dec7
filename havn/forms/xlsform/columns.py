"""The sheets of an XLSForm as rows with named cells, texts by language, and whatever nobody asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

from havn.forms.sheets.opening import Page
from havn.forms.sheets.values import text_of

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\)\s*$")
_ALIKE = {"relevance": "relevant", "list name": "list_name", "caption": "label", "command": "type", "value": "name"}
TRANSLATED = ("label", "hint", "constraint_message", "required_message", "guidance_hint")


@dataclass(frozen=True)
class Finding:
    """Something that is not taken over as it stands. `is_lost`: left out; else it is another now."""

    sheet: str
    row: int
    sentence: str
    is_lost: bool = True


@dataclass
class Line:
    """One row: `cells` by the name of their columns, `texts` by name and language, `used` what was asked for."""

    sheet: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def take(self, name: str) -> str:
        """The cell of a column, "" where there is none."""
        self.used.add(name)
        return self.cells.get(name, "")

    def words(self, name: str) -> dict[str, str]:
        """The texts of a column by language."""
        self.used.add(name)
        return dict(self.texts.get(name, {}))

    def left(self) -> Iterator[tuple[str, str]]:
        """Columns with something in them that nobody asked for, and what stands there."""
        for name, text in self.cells.items():
            if name not in self.used:
                yield name, text
        for name, texts in self.texts.items():
            if name not in self.used and texts:
                yield name, next(iter(texts.values()))


@dataclass
class Table:
    """The rows of a sheet, the languages its columns are in, and what of its columns is not understood."""

    lines: list[Line] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def table_of(page: Page | None, own: str) -> Table:
    """Read a sheet whose first row names its columns. `own`: the language of columns that name none."""
    table = Table()
    if page is None or not page.rows:
        return table
    number, heads = page.rows[0]
    columns = {at: _column(text_of(cell.value), own) for at, cell in heads.items()}
    for at, (name, language) in columns.items():
        if language == "?":
            head = text_of(heads[at].value)
            sentence = _("The column “%(column)s” names no language that is known, such as “label::Norsk (nb)”.")
            table.findings.append(Finding(page.name, number, sentence % {"column": head[:60]}))
        elif name in TRANSLATED and language not in table.languages:
            table.languages.append(language)
    for row, cells in page.rows[1:]:
        line = Line(page.name, row)
        for at, cell in cells.items():
            name, language = columns.get(at, ("", ""))
            text = text_of(cell.value)
            if cell.is_formula:
                sentence = _("There is a formula in cell %(cell)s.") % {"cell": cell.place}
                table.findings.append(Finding(page.name, row, sentence))
            elif text and not name:
                sentence = _("The column of cell %(cell)s has no name.") % {"cell": cell.place}
                table.findings.append(Finding(page.name, row, sentence))
            elif text and name in TRANSLATED and language != "?":
                line.texts.setdefault(name, {})[language] = text
            elif text and language != "?":
                line.cells[name] = text
        if line.cells or line.texts:
            table.lines.append(line)
    return table


def language_named(text: str) -> str:
    """The code of a language as XLSForm writes it: "Norsk (nb)", "nb", "Norwegian Bokmål"; "?" for no known one."""
    found = _CODE.search(text)
    if found:
        return found[1].lower()
    plain = text.strip().casefold()
    return plain if plain in dict(settings.LANGUAGES) else _names().get(plain, "?")


def _column(head: str, own: str) -> tuple[str, str]:
    """Name and language of a column: "label::Norsk (nb)", "label:nb", "label"."""
    name, mark, language = head.partition("::")
    if not mark:
        name, mark, language = head.partition(":")
    plain = " ".join(name.strip().lower().split())
    plain = _ALIKE.get(plain, plain).replace(" ", "_")
    if plain not in TRANSLATED:
        return " ".join(head.strip().lower().split()).replace(" ", "_") if mark else plain, ""
    return plain, language_named(language) if mark else own


def _names() -> dict[str, str]:
    known = dict(settings.LANGUAGES)
    names = {name.casefold(): code for code, name in settings.LANGUAGES}
    for code in known:
        info = LANG_INFO.get(code, {})
        for kind in ("name", "name_local"):
            if kind in info:
                names.setdefault(str(info[kind]).casefold(), code)
    return names
