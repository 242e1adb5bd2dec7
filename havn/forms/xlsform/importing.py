"""An XLSForm as a definition: its questions, conditions and checks, and every row of which something is left.

The sheets survey, choices and settings are read (https://xlsform.org/en). Groups become sections, repeats repeated
sections, constraints bounds or checks, calculations computed values. Nothing is dropped without being said.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from havn.common.errors import Refused
from havn.forms.rules import editing
from havn.forms.rules.editing import Raw
from havn.forms.sheets.opening import Page, pages_of
from havn.forms.sheets.values import text_of
from havn.forms.xlsform.columns import Finding, Line, language_named, table_of
from havn.forms.xlsform.conditions import Conditions
from havn.forms.xlsform.lists import lists_of
from havn.forms.xlsform.survey import Survey

_SHEETS = ("survey", "choices", "settings")


@dataclass
class Imported:
    """What came of a file: the definition (its key and title may be changed before it is kept) and the findings."""

    definition: Raw
    findings: list[Finding] = field(default_factory=list)

    @property
    def lost(self) -> list[Finding]:
        """What is left out."""
        return [one for one in self.findings if one.is_lost]

    @property
    def changed(self) -> list[Finding]:
        """What is another now."""
        return [one for one in self.findings if not one.is_lost]


def read_xlsform(data: bytes) -> Imported:
    """Read a file. Raises Refused for what is no workbook, or has no sheet "survey" with a row in it."""
    pages = {page.name.strip().lower(): page for page in pages_of(data)}
    findings = [
        Finding(page.name, 1, _("The sheet is not used."))
        for name, page in pages.items()
        if name not in _SHEETS and page.rows
    ]
    settings, own = _settings(pages.get("settings"), pages.get("survey"), findings)
    survey, choices = table_of(pages.get("survey"), own), table_of(pages.get("choices"), own)
    if not survey.lines:
        raise Refused(_("There is no sheet “survey” with questions in it."))
    findings += [*survey.findings, *choices.findings]
    languages = list(dict.fromkeys([own, *survey.languages, *choices.languages]))
    title = settings.get("form_title") or settings.get("form_id") or _("Form without a title")
    key = editing.new_key(settings.get("form_id") or title, (), "form")
    lists = lists_of(choices, own, findings)
    built = Survey(own, lists, findings)
    built.read(survey.lines, title)
    Conditions(built, findings).translate()
    definition: Raw = {
        "key": key, "language": own, "languages": languages, "title": {own: title[:200]}, "about": {},
        "sections": built.filled_sections(), "computed": built.computed, "checks": built.checks,
    }  # fmt: skip
    _said_of(survey.lines + choices.lines, findings)
    findings.sort(key=lambda one: (one.sheet != "survey", one.sheet, one.row))
    return Imported(definition, findings)


def _settings(page: Page | None, survey: Page | None, findings: list[Finding]) -> tuple[dict[str, str], str]:
    """The settings by name, and the form's own language."""
    found: dict[str, str] = {}
    if page is not None and len(page.rows) > 1:
        heads = {at: text_of(cell.value).strip().lower() for at, cell in page.rows[0][1].items()}
        for row, cells in page.rows[1:]:
            for at, cell in cells.items():
                name, text = heads.get(at, ""), text_of(cell.value)
                if name in ("form_title", "form_id", "default_language") and name not in found:
                    found[name] = text[:300]
                elif text:
                    findings.append(Finding(page.name, row, _not_used(name, text)))
    said = found.get("default_language", "")
    own = language_named(said) if said else ""
    if own == "?":
        assert page is not None
        sentence = _("“%(language)s” names no language that is known.") % {"language": said[:60]}
        findings.append(Finding(page.name, 2, sentence))
    return found, own if own not in ("", "?") else _first_language(survey)


def _first_language(survey: Page | None) -> str:
    heads = survey.rows[0][1].values() if survey is not None and survey.rows else []
    for cell in heads:
        name, mark, language = text_of(cell.value).partition("::")
        if mark and name.strip().lower() == "label" and language_named(language) != "?":
            return language_named(language)
    return "en"


def _said_of(lines: list[Line], findings: list[Finding]) -> None:
    """Say what stands in columns that nothing here reads."""
    for line in lines:
        findings += [Finding(line.sheet, line.number, _not_used(name, text)) for name, text in line.left()]


def _not_used(column: str, text: str) -> str:
    return _("“%(text)s” in the column “%(column)s” is not used.") % {"text": text[:60], "column": column[:40]}
