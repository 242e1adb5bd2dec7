"""Whether a question asked again is the same one: only then may its answers be set side by side."""

from enum import StrEnum

from havn.forms.rules.definition import Choice, Definition, Labels, Question


class Change(StrEnum):
    """What became of a question since it was last asked. The first that is true."""

    NEW = "new"
    TYPE = "type"
    CHOICES = "choices"
    WORDING = "wording"
    ROUTING = "routing"
    SAME = "same"


def change(now: Question, now_in: Definition, then: Question | None, then_in: Definition | None) -> Change:
    """What changed between two forms. Wording is compared in every language that both have."""
    if then is None or then_in is None:
        return Change.NEW
    if now.type != then.type or now.cell != then.cell:
        return Change.TYPE
    languages = set(now_in.languages) & set(then_in.languages)
    if _choices(now) != _choices(then) or not _same_labels(_parts(now), _parts(then), languages):
        return Change.CHOICES
    if not languages or not _same(now.label, then.label, languages) or not _same(now.help, then.help, languages):
        return Change.WORDING
    return Change.SAME if _routes(now, now_in) == _routes(then, then_in) else Change.ROUTING


def gone(now: Definition, then: Definition) -> list[Question]:
    """Questions of the earlier form that are not asked any more."""
    return [one for key, one in then.questions.items() if key not in now.questions]


def _choices(question: Question) -> tuple[object, ...]:
    return (
        question.codes, question.row_codes, question.column_codes, question.least, question.most, question.required,
    )  # fmt: skip


def _parts(question: Question) -> list[Labels]:
    choices: list[Choice] = [*question.choices, *question.rows, *question.columns]
    return [*(one.label for one in choices), question.low, question.high]


def _same_labels(now: list[Labels], then: list[Labels], languages: set[str]) -> bool:
    return all(_same(one, other, languages) for one, other in zip(now, then, strict=True))


def _same(now: Labels, then: Labels, languages: set[str]) -> bool:
    return all(_plain(now.get(code, "")) == _plain(then.get(code, "")) for code in languages)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _routes(question: Question, definition: Definition) -> tuple[str, str]:
    section = definition.section_of[question.key]
    return tuple("".join(one.text.split()) if one else "" for one in (section.show_if, question.show_if))  # type: ignore[return-value]
