"""What passes the door of vocabularies: terms as they are read, and lists as they are loaded. Plain values."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FormerLabel:
    """What a term was called, in one language, and until when (None: nobody noted the day)."""

    label: str
    language: str = "en"
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A term's label and the language it is really in: another than asked for when there is no translation."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a list. `replaced_by` and `broader` are codes, or "". `definition` is in English."""

    code: str
    labels: dict[str, str]
    definition: str = ""
    former_labels: tuple[FormerLabel, ...] = ()
    replaced_by: str = ""
    broader: str = ""
    four_c: str = ""


@dataclass(frozen=True, slots=True)
class VocabularyFacts:
    """One version of a list, to be loaded. The terms stand in their order."""

    dimension: str
    code: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    centre_id: int | None = None
    terms: list[Term] = field(default_factory=list)
