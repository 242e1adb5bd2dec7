"""One run through the pages of a survey: what was answered so far, and which page comes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from havn.forms.api import Checked, Definition, Section, bind, check
from havn.surveys.models import Wave
from havn.surveys.queries.surveys import definition_of
from havn.surveys.rules.paging import before, next_after, page_of, pages_of
from havn.surveys.sealing import Carried

PREFIX = "q"
END = "end"
"""The page after the last question, where answers are sent."""


class Asking:
    """The pages of one run. Keys of pages are keys of sections, or `END`."""

    def __init__(self, wave: Wave, carried: Carried) -> None:
        self.wave, self.carried = wave, carried
        self.definition: Definition = definition_of(wave)
        self.answers: dict[str, Any] = dict(carried.answers)
        self.checked: Checked = check(self.definition, self.answers)

    @property
    def pages(self) -> list[Section]:
        """The pages that this child sees, by the answers so far."""
        return pages_of(self.definition, self.checked.shown)

    def take_page(self, key: str, posted: Mapping[str, Any]) -> None:
        """Put what was answered on a page in the place of what was answered there before."""
        section = self.definition.by_key.get(key)
        if section is None:
            return
        bound = bind(self.page(section), posted, None, PREFIX)
        for question in section.questions:
            self.answers.pop(question.key, None)
        self.answers |= bound.answers
        self.checked = check(self.definition, self.answers)
        self.carried = replace(self.carried, answers=self.answers)

    def page(self, section: Section) -> Definition:
        """A form of one page."""
        return page_of(self.definition, section, self.checked.shown)

    def faults_on(self, key: str) -> Checked:
        """The same check with only the faults of one page."""
        section = self.definition.by_key[key]
        own = {question.key for question in section.questions}
        return replace(self.checked, faults=tuple(one for one in self.checked.errors if one.path.split(".")[0] in own))

    def first_with_faults(self) -> str:
        """The page that needs another look; "" where none does."""
        return next((page.key for page in self.pages if self.faults_on(page.key).faults), "")

    def after(self, key: str) -> str:
        """The page that comes, `END` behind the last."""
        found = next_after(self.pages, key)
        return found.key if found else END

    def before(self, key: str) -> str:
        """The page before; "" before the first."""
        if key == END:
            return self.pages[-1].key if self.pages else ""
        found = before(self.pages, key)
        return found.key if found else ""

    def number_of(self, key: str) -> int:
        """1 for the first page."""
        keys = [page.key for page in self.pages]
        return keys.index(key) + 1 if key in keys else len(keys)
