"""Raw answers out of what a browser sent. Tolerant: whatever was typed stays as typed, so that a draft loses nothing.

Fields are named by the path of the answer behind a prefix: "q-total", "q-total.basis", "q-reasons.cyberbullying.girls",
"q-findings.0.what" with "q-findings.rows" for how many rows there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from havn.forms.rules import limits
from havn.forms.rules.definition import Definition, Question, Section, Type

_LONGEST = limits.LONGEST_ANSWER + 1
"""One more than is ever taken, so that what is too long is still a fault and nothing huge is kept."""


@dataclass
class Bound:
    """Raw answers for `check`; uploaded files by path; files to let go by path; and the press that was applied.

    `pressed` is "" or "add:<section>" or "remove:<section>.<row>": then show the form again instead of going on.
    Files are kept by whoever asks: put {"name", "size", "ref"} into the answers at the file's path, and what was kept
    before for paths that are in neither.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    files: "dict[str, UploadedFile[bytes]]" = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    pressed: str = ""


def bind(
    definition: Definition, posted: Mapping[str, Any], files: Mapping[str, Any] | None = None, prefix: str = "q"
) -> Bound:
    """Read a sent form. Never raises for whatever was sent; fields that the form does not have are left out."""
    sent = _Sent(posted, files or {}, prefix)
    bound = Bound(files=sent.kept, removed=sent.removed)
    for section in definition.sections:
        if section.repeat is None:
            bound.answers |= sent.questions(section, "")
        elif (rows := sent.rows(section)) or sent.pressed_add == section.key:
            bound.answers[section.key] = rows
    _press(definition, bound, sent)
    return bound


def _press(definition: Definition, bound: Bound, sent: "_Sent") -> None:
    section = definition.by_key.get(sent.pressed_add)
    if section is not None and section.repeat is not None:
        rows = bound.answers.setdefault(section.key, [])
        if len(rows) < section.repeat.most:
            rows.append({})
        bound.pressed = f"add:{section.key}"
        return
    key, _dot, number = sent.pressed_remove.partition(".")
    rows = bound.answers.get(key)
    repeated = key in definition.by_key and definition.by_key[key].repeat is not None
    if repeated and isinstance(rows, list) and number.isascii() and number.isdigit() and len(number) < 5:
        bound.pressed = f"remove:{key}.{int(number)}"
        if int(number) < len(rows):
            del rows[int(number)]


class _Sent:
    def __init__(self, posted: Mapping[str, Any], files: Mapping[str, Any], prefix: str) -> None:
        self.posted, self.files, self.prefix = posted, files, prefix
        self.kept: dict[str, UploadedFile[bytes]] = {}
        self.removed: set[str] = set()
        self.pressed_add, self.pressed_remove = self.one("add"), self.one("remove")

    def one(self, path: str) -> str:
        value = self.posted.get(f"{self.prefix}-{path}", "")
        return value[:_LONGEST].replace("\0", "") if isinstance(value, str) else ""

    def several(self, path: str) -> list[str]:
        name = f"{self.prefix}-{path}"
        found = self.posted.getlist(name) if isinstance(self.posted, MultiValueDict) else self.posted.get(name, [])
        found = found if isinstance(found, list) else [found]
        return [one[:100].replace("\0", "") for one in found[: limits.MOST_CHOICES + 2] if isinstance(one, str) and one]

    def rows(self, section: Section) -> list[dict[str, Any]]:
        asked = self.one(f"{section.key}.rows")
        count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
        most = section.repeat.most if section.repeat else 0
        return [self.questions(section, f"{section.key}.{number}.") for number in range(min(count, most))]

    def questions(self, section: Section, before: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for question in section.questions:
            path = f"{before}{question.key}"
            value = self.answer(question, path)
            if value not in ("", [], {}, None):
                found[question.key] = value
            for beside, asked in (("basis", question.basis), ("other", question.other)):
                if asked and (words := self.one(f"{path}.{beside}")):
                    found[f"{question.key}.{beside}"] = words
        return found

    def answer(self, question: Question, path: str) -> Any:
        if question.type == Type.MANY:
            return self.several(path)
        if question.type == Type.MATRIX:
            return self.matrix(question, path)
        if question.type == Type.FILE:
            return self.file(path)
        return "" if question.type == Type.NOTE else self.one(path)

    def matrix(self, question: Question, path: str) -> dict[str, Any]:
        if question.cell != "number":
            rows = {row: self.one(f"{path}.{row}") for row in question.row_codes}
            return {row: value for row, value in rows.items() if value}
        found: dict[str, Any] = {}
        for row in question.row_codes:
            cells = {column: self.one(f"{path}.{row}.{column}") for column in question.column_codes}
            given = {column: value for column, value in cells.items() if value.strip()}
            found |= {row: given} if given else {}
        return found

    def file(self, path: str) -> None:
        if self.one(f"{path}.remove"):
            self.removed.add(path)
        given = self.files.get(f"{self.prefix}-{path}")
        if isinstance(given, UploadedFile):
            self.kept[path] = given
