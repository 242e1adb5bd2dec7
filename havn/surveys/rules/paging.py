"""One section a page: which sections a child sees, and the questions of one of them.

What earlier pages decide is decided here, so that a page neither shows nor names what does not concern the reader. What
its own answers decide stays a condition of the page.
"""

from collections.abc import Collection
from dataclasses import replace

from havn.forms.rules.definition import Definition, Question, Section


def pages_of(definition: Definition, shown: Collection[str]) -> list[Section]:
    """The sections with a question that is shown, in order. `shown` as `Checked` says it.

    A question whose condition stands on its own page counts: it may be shown there.
    """
    return [
        section
        for section in definition.sections
        if section.key in shown and any(_may_show(question, section, shown) for question in section.questions)
    ]


def page_of(definition: Definition, section: Section, shown: Collection[str]) -> Definition:
    """A form of one section, with the conditions that only earlier pages decide taken away."""
    kept = [
        question if _decides_itself(question, section) else replace(question, show_if=None)
        for question in section.questions
        if _may_show(question, section, shown)
    ]
    own = replace(section, questions=tuple(kept), show_if=None)
    keys = {section.key, *(question.key for question in kept)}
    return replace(
        definition,
        sections=(own,),
        computed=(),
        checks=(),
        order=tuple(key for key in definition.order if key in keys),
    )


def next_after(pages: list[Section], key: str) -> Section | None:
    """The page behind this one; None behind the last or one that is not there."""
    keys = [one.key for one in pages]
    at = keys.index(key) + 1 if key in keys else len(pages)
    return pages[at] if at < len(pages) else None


def before(pages: list[Section], key: str) -> Section | None:
    """The page before this one; None before the first."""
    keys = [one.key for one in pages]
    at = keys.index(key) if key in keys else 0
    return pages[at - 1] if at > 0 else None


def _asks(question: Question) -> set[str]:
    return {name[0] for name in question.show_if.names} if question.show_if else set()


def _decides_itself(question: Question, section: Section) -> bool:
    """Whether the answers of its own page alone decide."""
    own = {one.key for one in section.questions}
    return question.show_if is not None and not question.show_if.prefixes and _asks(question) <= own


def _may_show(question: Question, section: Section, shown: Collection[str]) -> bool:
    return question.key in shown or bool(_asks(question) & {one.key for one in section.questions})
