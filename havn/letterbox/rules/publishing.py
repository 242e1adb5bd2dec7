"""What makes a version fit to be published, its address, and the words it is found by."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from havn.letterbox.rules.marks import Mark, undecided

TITLE_LONGEST, QUESTION_LONGEST, ANSWER_LONGEST = 120, 6000, 12_000
TOPICS_MOST = 3
WORD_LONGEST = 40
_LETTERS = {"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}


@dataclass(frozen=True)
class Version:
    """Question and answer as they are edited. `kept` are keys of marks that give nobody away."""

    title: str = ""
    question: str = ""
    answer: str = ""
    language: str = "en"
    topics: tuple[str, ...] = ()
    kept: tuple[str, ...] = field(default=())

    @property
    def whole(self) -> str:
        """All of its text, for the checker."""
        return f"{self.title}\n{self.question}\n{self.answer}"


def open_marks(version: Version) -> list[Mark]:
    """The marks that still need a decision."""
    return undecided(version.whole, version.language, version.kept)


def lacking(version: Version) -> list[str]:
    """What is missing before a second person may publish it: "title", "question", "answer", "topics", "marks"."""
    empty = [name for name in ("title", "question", "answer") if not getattr(version, name).strip()]
    return [*empty, *([] if version.topics else ["topics"]), *(["marks"] if open_marks(version) else [])]


def slug_of(title: str, taken: Collection[str] = ()) -> str:
    """The last part of the address: plain letters, figures and hyphens, unlike every one in `taken`."""
    plain = "".join(_LETTERS.get(letter, letter) for letter in title.casefold())
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:60].strip("-") or "answer"
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, each once, for searching; single letters are none."""
    found = (word[:WORD_LONGEST] for word in re.findall(r"\w{2,}", text.casefold()))
    return list(dict.fromkeys(found))
