"""The sheet of questions: groups as sections, repeats as repeated sections, questions by their types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from havn.forms.rules import editing, limits
from havn.forms.rules.editing import Raw
from havn.forms.rules.reading import KEY, TAKEN
from havn.forms.xlsform.columns import Finding, Line
from havn.forms.xlsform.lists import ChoiceList
from havn.forms.xlsform.translating import Named

_BORDER = re.compile(r"(begin|end)[ _](group|repeat)$", re.I)
_SELECT = re.compile(r"(select[ _]one|select[ _]multiple)\s+(?:from\s+)?(\S+)(\s+or[ _](?:specify[ _])?other)?$", re.I)
_ALIKE = {"string": "text", "int": "integer", "photo": "image", "trigger": "acknowledge"}
_PLAIN = ("text", "integer", "decimal", "date", "note", "range", "file", "image", "acknowledge")
# What a telephone writes about itself and its owner.
_OF_THE_DEVICE = (
    "start", "end", "today", "deviceid", "username", "phonenumber", "simserial", "subscriberid", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint",
)  # fmt: skip


@dataclass
class Asked:
    """An expression of the file that becomes one of ours: where it goes, and each text with its line."""

    part: Raw
    into: str
    """show_if, required, constraint or calculation"""
    texts: list[tuple[Line, str]]
    here: str = ""
    message: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Open:
    kind: str
    name: str
    label: dict[str, str]
    line: Line
    section: Raw | None = None
    is_used: bool = False
    """Whether its label is the title of a section."""


class Survey:
    """Gathers sections, computed values and what is to be translated, row by row."""

    def __init__(self, own: str, lists: Mapping[str, ChoiceList], findings: list[Finding]) -> None:
        self.own, self.lists, self.findings = own, lists, findings
        self.sections: list[Raw] = []
        self.computed: list[Raw] = []
        self.checks: list[Raw] = []
        self.names: dict[str, Named] = {}
        self.asked: list[Asked] = []
        self.keys: set[str] = set()
        self.open: list[_Open] = []
        self.loose: Raw | None = None
        self.title = ""

    def read(self, lines: list[Line], title: str) -> None:
        """All rows of the sheet."""
        self.title = title[:200]
        for line in lines:
            type_ = " ".join(line.take("type").split())
            border = _BORDER.match(type_)
            if border:
                self.border(border[1].lower(), border[2].lower(), line)
            elif type_:
                self.row(type_, line)
            else:
                self.lost(line, _("The row has no type."))
        for left in self.open:
            self.lost(left.line, _("This group or repeat is not ended."))

    def filled_sections(self) -> list[Raw]:
        """The sections that have a question in them."""
        return [section for section in self.sections if section["questions"]]

    def lost(self, line: Line, sentence: str) -> None:
        self.findings.append(Finding(line.sheet, line.number, sentence))

    def changed(self, line: Line, sentence: str) -> None:
        self.findings.append(Finding(line.sheet, line.number, sentence, is_lost=False))

    # groups and repeats

    def border(self, which: str, kind: str, line: Line) -> None:
        self.loose = None
        if which == "end":
            line.take("name")
            if self.open and self.open[-1].kind == kind:
                self.ended(self.open.pop())
                for one in self.open:
                    one.section = one.section if one.kind == "repeat" else None
            else:
                self.lost(line, _("This ends a group or repeat that was not begun here."))
            return
        outer = self.repeat()
        opened = _Open(kind, line.take("name"), line.words("label"), line)
        self.open.append(opened)
        if kind == "repeat" and outer is not None:
            self.lost(line, _("A repeat within a repeat is not known here: its questions stand in the outer one."))
        elif kind == "repeat":
            self.begin_repeat(opened)

    def ended(self, group: _Open) -> None:
        if group.label and not group.is_used:
            sentence = _("The heading “%(text)s” is left out: the questions in it stand in other sections.")
            self.lost(group.line, sentence % {"text": next(iter(group.label.values()))[:60]})

    def repeat(self) -> _Open | None:
        """The repeat that is open."""
        return next((one for one in self.open if one.kind == "repeat" and one.section is not None), None)

    def begin_repeat(self, opened: _Open) -> None:
        most = opened.line.take("repeat_count")
        section = self.section(opened.label, opened.name, opened.line)
        section["repeat"] = {"least": 0, "most": 20, "title": {}}
        if most.isascii() and most.isdigit() and 1 <= int(most[:6]) <= limits.MOST_ROWS:
            section["repeat"]["most"] = int(most)
        elif most:
            self.lost(opened.line, _("How often it is repeated is not taken over: at most 20 times here."))
        opened.section, opened.is_used = section, True
        if opened.name:
            self.names.setdefault(opened.name, Named(section["key"], "section"))

    def section(self, label: dict[str, str], name: str, line: Line) -> Raw:
        """A new section at the end, shown when all groups that are open are."""
        title = label or {self.own: name or self.title}
        key = self.key(name or "section", line, said=False)
        section: Raw = {"key": key, "title": title, "about": {}, "questions": []}
        self.sections.append(section)
        texts = [(one.line, text) for one in self.open if (text := one.line.take("relevant"))]
        if texts:
            self.asked.append(Asked(section, "show_if", texts))
        return section

    def here(self, line: Line) -> Raw:
        """The section that a question of this row goes into."""
        repeat = self.repeat()
        if repeat is not None:
            assert repeat.section is not None
            return repeat.section
        if not self.open:
            if self.loose is None:
                self.loose = self.section({}, "", line)
            return self.loose
        inner = self.open[-1]
        if inner.section is None:
            named = next((one for one in reversed(self.open) if one.label), inner)
            named.is_used = True
            inner.section = self.section(named.label, inner.name, line)
        return inner.section

    # questions

    def row(self, type_: str, line: Line) -> None:
        word = _ALIKE.get(type_.lower(), type_.lower())
        select = _SELECT.match(type_)
        name = line.take("name")
        if word in _OF_THE_DEVICE:
            line.used |= {*line.cells, *line.texts}
            sentence = _("“%(type)s” is not asked here: nothing is kept of people's devices.")
            self.lost(line, sentence % {"type": type_[:40]})
        elif word == "calculate":
            self.calculation(name, line)
        elif select:
            several = "multiple" in select[1].lower()
            self.choosing(name, line, select[2], several=several, other=bool(select[3]))
        elif word in _PLAIN:
            self.question(name, line, self.plain(word, line))
        else:
            line.used |= {*line.cells, *line.texts}
            sentence = _("The type “%(type)s” is not known here: the question “%(name)s” is left out.")
            self.lost(line, sentence % {"type": type_[:40], "name": name[:60]})

    def plain(self, word: str, line: Line) -> Raw:
        match word:
            case "integer" | "decimal":
                return {"type": "number", "whole": word == "integer"}
            case "text":
                if line.cells.get("appearance", "").strip() == "multiline":
                    line.take("appearance")
                    return {"type": "text", "lines": 5}
                return {"type": "text"}
            case "range":
                return self.range(line)
            case "acknowledge":
                self.changed(line, _("“acknowledge” becomes a question of yes or no."))
                return {"type": "yes_no"}
            case "file" | "image":
                if word == "image":
                    self.changed(line, _("Pictures are not taken here: this becomes a question for a document."))
                return {"type": "file"}
            case _:
                return {"type": word}

    def range(self, line: Line) -> Raw:
        given = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d{1,9}(?:\.\d{1,6})?)", line.take("parameters")))
        least, most, step = float(given.get("start", 0)), float(given.get("end", 10)), float(given.get("step", 1))
        whole = all(number.is_integer() for number in (least, most, step))
        if whole and step == 1 and least in (0, 1) and 1 <= most - least < limits.WIDEST_SCALE:
            return {"type": "scale", "least": int(least), "most": int(most)}
        if step != 1 or not whole:
            self.changed(line, _("The steps of the range are not taken over: any number between its ends is."))
        ends = {"least": int(least) if whole else least, "most": int(most) if whole else most}
        return {"type": "number", "whole": whole, **ends}

    def choosing(self, name: str, line: Line, listed: str, *, several: bool, other: bool) -> None:
        found = self.lists.get(listed)
        if found is None:
            line.used |= {*line.cells, *line.texts}
            sentence = _("There is no list of choices “%(list)s”: the question “%(name)s” is left out.")
            self.lost(line, sentence % {"list": listed[:60], "name": name[:60]})
            return
        part: Raw = {"type": "many" if several else "one", "choices": [dict(one) for one in found.choices]}
        if other and "other" not in found.codes.values():
            part["other"] = True
        self.question(name, line, part, codes={**found.codes, **({"other": "other"} if other else {})})

    def question(self, name: str, line: Line, part: Raw, codes: Mapping[str, str] | None = None) -> None:
        label, section = line.words("label"), self.here(line)
        if not label:
            label = {self.own: name or _("Question")}
            self.changed(line, _("The question has no label: its name stands in its place."))
        key = self.key(name or "question", line)
        whole = {"key": key, "label": label, "help": line.words("hint"), **part}
        section["questions"].append(whole)
        if name and name not in self.names:
            self.names[name] = Named(key, whole["type"], codes or {})
        if any("${" in text for text in (*label.values(), *whole["help"].values())):
            self.changed(line, _("The words hold ${…}. They stay as they are: answers are not put into questions."))
        self.conditions(name, line, whole)

    def conditions(self, name: str, line: Line, part: Raw) -> None:
        inside = self.open[self.open.index(repeat) + 1 :] if (repeat := self.repeat()) else []
        relevant = [(one.line, text) for one in inside if (text := one.line.take("relevant"))]
        relevant += [(line, text) for text in [line.take("relevant")] if text]
        if relevant:
            self.asked.append(Asked(part, "show_if", relevant))
        required = line.take("required")
        if required.lower() in ("yes", "true", "true()", "1"):
            part["required"] = part["type"] != "note"
        elif required.lower() not in ("", "no", "false", "false()", "0"):
            self.asked.append(Asked(part, "required", [(line, required)], name))
        if constraint := line.take("constraint"):
            message = line.words("constraint_message")
            self.asked.append(Asked(part, "constraint", [(line, constraint)], name, message))

    def calculation(self, name: str, line: Line) -> None:
        text, label = line.take("calculation"), line.words("label")
        if self.repeat() is not None:
            self.lost(line, _("A calculation within a repeat is not known here."))
            return
        if not text or not name:
            self.lost(line, _("A calculation needs a name and an expression."))
            return
        part: Raw = {"key": self.key(name, line), "label": label or {self.own: name[:200]}, "shown": bool(label)}
        self.names.setdefault(name, Named(part["key"], "computed"))
        self.asked.append(Asked(part, "calculation", [(line, text)], name))

    def key(self, name: str, line: Line, *, said: bool = True) -> str:
        """A key made of a name; another than the name is said."""
        fits = KEY.match(name) and name not in self.keys and name not in TAKEN
        key = name if fits else editing.new_key(name, self.keys)
        self.keys.add(key)
        if said and key != name:
            sentence = _("The name “%(name)s” becomes “%(key)s”.")
            self.changed(line, sentence % {"name": name[:60], "key": key})
        return key
