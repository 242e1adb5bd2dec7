"""How the demo's pages are written down."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A page. Texts with the same `key` in two languages are translations of each other.

    A text of the first level hangs below the front, or below the text whose key is `under`, which a module before its
    own may hold. `more` are further fields of the kind of page, also streams, as lists of (block, value).
    """

    key: str
    kind: str
    slug: str
    title: str
    summary: str = ""
    body: tuple[tuple[str, object], ...] = ()
    organisation: str = ""
    days_ago: int | None = None
    review_in: int | None = None
    more: dict[str, object] = field(default_factory=dict)
    below: tuple["Text", ...] = ()
    under: str = ""


def words(*paragraphs: str) -> tuple[str, str]:
    """A block of words."""
    return ("words", "".join(f"<p>{one}</p>" for one in paragraphs))
