"""Finding the older terms for child sexual abuse material.

The network writes "child sexual abuse material" (Luxembourg Guidelines, 2nd edition): the older terms speak of it as
if it were something between people who agreed. They stay where somebody is quoted: in quotation marks and block
quotations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

EN, NB, DA = "child sexual abuse material", "overgrepsmateriale av barn", "overgrebsmateriale med børn"
# The older terms stand here because they are what is looked for.
_TERMS = (
    (re.compile(r"\b(?:child(?:ren)?(?:['’]s)?|kiddie|kid)[\s\u00a0-]*porn\w*", re.IGNORECASE), EN),
    # The abbreviation only in capitals: "cp" is a command and many other things.
    (re.compile(r"\bCP\b(?![-/]\d)"), EN),
    (re.compile(r"\bbarne[\s-]?porn\w*", re.IGNORECASE), NB),
    (re.compile(r"\bbørne[\s-]?porn\w*", re.IGNORECASE), DA),
)
_QUOTED = re.compile(r"«[^»]*»|»[^«]*«|“[^”]*”|„[^“”]*[“”]|”[^”]*”|\"[^\"]*\"")
_AROUND = 30
_BREAKS = {"p", "li", "ul", "ol", "h2", "h3", "h4", "br", "div"}


@dataclass(frozen=True)
class Found:
    """An older term, the words around it, and what to write instead."""

    term: str
    around: str
    instead: str


def older_terms(text: str) -> list[Found]:
    """Every older term in plain text that stands outside of quotation marks. A quotation ends with its paragraph."""
    return [found for line in text.split("\n") for found in _in_line(line)]


def older_terms_in_html(html: str) -> list[Found]:
    """As `older_terms`, of rich text: what stands in a block quotation is left out."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return older_terms("".join(reader.words))


def _in_line(line: str) -> Iterator[Found]:
    quoted = [found.span() for found in _QUOTED.finditer(line)]
    for term, instead in _TERMS:
        for found in term.finditer(line):
            if not any(first <= found.start() < last for first, last in quoted):
                around = line[max(0, found.start() - _AROUND) : found.end() + _AROUND]
                yield Found(found[0], " ".join(around.split()), instead)


class _Words(HTMLParser):
    """The words outside of block quotations, a paragraph a line."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._quoted += tag in {"blockquote", "q"}
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._quoted -= tag in {"blockquote", "q"} and self._quoted > 0
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._quoted:
            self.words.append(data)
