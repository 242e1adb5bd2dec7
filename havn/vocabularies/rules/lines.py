"""How terms follow one another, and what a term is called. Pure: codes and labels in, codes and labels out."""

from collections.abc import Mapping

from havn.vocabularies.facts import Label

ENGLISH = "en"
# Who can read what: a Norwegian of either written form reads the other one sooner than English.
_NEAR = {"nn": ("nb",), "no": ("nb", "nn"), "nb": ("nn",)}


class Circular(ValueError):
    """A term that comes after itself, or stands under itself."""


def follow(code: str, links: Mapping[str, str]) -> str:
    """The last code that is reached from `code`: its newest successor, itself when there is none.

    A term that names itself goes on under its own code. Raises Circular when the way leads back.
    """
    seen = {code}
    while links.get(code, "") not in {"", code}:
        code = links[code]
        if code in seen:
            raise Circular(code)
        seen.add(code)
    return code


def check_links(links: Mapping[str, str]) -> None:
    """Raises Circular when any chain of successors, or of parents, leads back to where it began."""
    for code in links:
        follow(code, links)


def line(code: str, successors: Mapping[str, str]) -> tuple[str, ...]:
    """Every code that ends in the same term as `code`, the oldest first, the term of today last.

    Counted under all of them, a trend goes on through a renaming and through lists that were merged.
    """
    end = follow(code, successors)
    steps = {one: _steps(one, successors) for one in {*successors, end, code} if follow(one, successors) == end}
    return tuple(sorted(steps, key=lambda one: (-steps[one], one)))


def label_in(labels: Mapping[str, str], language: str, code: str) -> Label:
    """The label in a language, else in one that its reader knows, else in English; the bare code when there is none.

    The label says which language it is in, so that a page can mark it as such.
    """
    base = language.split("-")[0].lower()
    for wanted in (language, base, *_NEAR.get(base, ()), ENGLISH, *sorted(labels)):
        if labels.get(wanted):
            return Label(labels[wanted], wanted)
    return Label(code, "")


def _steps(code: str, successors: Mapping[str, str]) -> int:
    count = 0
    while successors.get(code, "") not in {"", code}:
        code, count = successors[code], count + 1
    return count
