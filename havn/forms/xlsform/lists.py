"""The sheet of choices: lists by name, with codes that fit here."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from havn.forms.rules import editing
from havn.forms.rules.reading import CODE
from havn.forms.xlsform.columns import Finding, Table


@dataclass
class ChoiceList:
    """Choices as a definition holds them, and the codes by the names of the file."""

    choices: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)


def lists_of(table: Table, own: str, findings: list[Finding]) -> dict[str, ChoiceList]:
    """Every list of the sheet by its name."""
    lists: dict[str, ChoiceList] = {}
    for line in table.lines:
        name, code = line.take("list_name"), line.take("name")
        label = line.words("label")
        if not name or not code:
            findings.append(Finding(line.sheet, line.number, _("A choice needs the name of its list and a name.")))
            continue
        found = lists.setdefault(name, ChoiceList())
        if code in found.codes:
            sentence = _("“%(code)s” is there twice in this list.") % {"code": code[:60]}
            findings.append(Finding(line.sheet, line.number, sentence))
            continue
        fresh = code if CODE.match(code) else editing.new_code(code, found.codes.values())
        if fresh in found.codes.values():
            fresh = editing.new_code(code, found.codes.values())
        if fresh != code:
            sentence = _("The name “%(name)s” becomes “%(key)s”.") % {"name": code[:60], "key": fresh}
            findings.append(Finding(line.sheet, line.number, sentence, is_lost=False))
        found.codes[code] = fresh
        found.choices.append({"code": fresh, "label": label or {own: code[:200]}})
    return lists
