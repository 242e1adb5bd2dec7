"""The words of an HTML e-mail. Nothing of it is shown as HTML anywhere, and nothing it names is fetched."""

import re
from html.parser import HTMLParser

import nh3

LONGEST = 300_000
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "math", "object", "select"})
_BLOCKS = frozenset(
    {"p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article", "center"}
)
_PARAGRAPHS = frozenset({"p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_KEPT = {*_BLOCKS, *_PARAGRAPHS, "br", "hr", "li", "a", "b", "i"}
_DEEPEST_QUOTE = 8


def words_of_html(html: str) -> str:
    """The visible words, a line for each block, quoted ones behind "> ". Never raises; cut at `LONGEST`.

    It is first made whole by a parser that takes broken markup as browsers do, in a time that grows with its length:
    on ten thousand comments without an end the standard library's would stand still.
    """
    whole = nh3.clean(html[:LONGEST], tags=_KEPT, clean_content_tags=set(_SILENT), attributes={"a": {"href"}})
    parser = _Words()
    parser.feed(whole)
    parser.close()
    return parser.text()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._quoted = 0
        self._link = ""
        self._link_words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._break(empty=True)
        elif tag == "hr":
            self._break(paragraph=True)
        elif tag == "blockquote":
            self._break(paragraph=True)
            self._quoted = min(self._quoted + 1, _DEEPEST_QUOTE)
        elif tag == "li":
            self._break()
            self._line.append("- ")
        elif tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS)
        elif tag == "a":
            self._link, self._link_words = dict(attrs).get("href") or "", ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._break(paragraph=True)
            self._quoted = max(self._quoted - 1, 0)
        elif tag in _BLOCKS or tag == "li":
            self._break(paragraph=tag in _PARAGRAPHS)
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        self._line.append(words)
        if self._link:
            self._link_words += words

    def text(self) -> str:
        """What was read, at most one empty line between two others."""
        self._break()
        shown: list[str] = []
        for depth, line in self._lines:
            if line or (shown and shown[-1].strip("> ")):
                shown.append("> " * depth + line)
        return "\n".join(line.rstrip() for line in shown).strip("\n ")

    def _end_link(self) -> None:
        """A link is kept as words; where they hide the address, it stands behind them."""
        address, words = self._link.strip(), self._link_words.strip()
        if address.startswith(("http://", "https://")) and len(address) < 500 and words and "." not in words:
            self._line.append(f" ({address})")
        self._link = self._link_words = ""

    def _break(self, *, paragraph: bool = False, empty: bool = False) -> None:
        line = re.sub(r" +", " ", "".join(self._line)).strip()
        if line:
            self._lines.append((self._quoted, line))
        if paragraph or (empty and not line):
            self._lines.append((self._quoted, ""))
        self._line = []
