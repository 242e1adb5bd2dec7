"""How much of something published goes into a talk, and how much of that a child sees at once."""

from dataclasses import dataclass

LONGEST_TITLE = 200
LONGEST = 6_000
AT_ONCE = 300
LONGEST_HEADING = 80
_GAP = "\n\n"


@dataclass(frozen=True)
class Reading:
    """Paragraphs that are read at once, and those behind "Read more"."""

    first: tuple[str, ...]
    more: tuple[str, ...]


def text_to_send(lead: str, text: str) -> str:
    """The lead and as many whole paragraphs as fit; the last line is "…" when something is left out.

    One paragraph that is too long by itself is cut at a word.
    """
    kept: list[str] = []
    length = 0
    for paragraph in paragraphs(f"{lead}{_GAP}{text}"):
        length += len(paragraph) + len(_GAP)
        if length > LONGEST:
            kept.append("…" if kept else f"{paragraph[: LONGEST - 2].rpartition(' ')[0] or paragraph[: LONGEST - 2]} …")
            break
        kept.append(paragraph)
    return _GAP.join(kept)


def laid_out(text: str) -> Reading:
    """Whole paragraphs that fit on a phone at once, at least one; little that is left is shown with them.

    A heading stays with what it leads to.
    """
    all_of_it = paragraphs(text)
    length, at_once = 0, 0
    for paragraph in all_of_it:
        length += len(paragraph)
        if at_once and length > AT_ONCE:
            break
        at_once += 1
    while at_once > 1 and at_once < len(all_of_it) and _leads_on(all_of_it[at_once - 1]):
        at_once -= 1
    rest = all_of_it[at_once:]
    if sum(map(len, rest)) <= AT_ONCE // 4:
        return Reading(all_of_it, ())
    return Reading(all_of_it[:at_once], rest)


def paragraphs(text: str) -> tuple[str, ...]:
    """What stands between empty lines."""
    return tuple(one.strip() for one in text.split(_GAP) if one.strip())


def _leads_on(paragraph: str) -> bool:
    return len(paragraph) < LONGEST_HEADING and "\n" not in paragraph and paragraph[-1] not in '.!?…)”"»'
