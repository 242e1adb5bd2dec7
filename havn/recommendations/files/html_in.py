"""Reads HTML into Markdown: our own files to the letter, others as well as their marks allow."""

from html.parser import HTMLParser

from havn.recommendations.files.runs import line_of
from havn.recommendations.rules.factsheet.inline import CALL, LINK, PLAIN, RAISED, STRESS, Piece

_SKIPPED = {"head", "nav", "style", "script", "template", "title"}
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "blockquote"}
_LEVELS = {"2", "3", "4", "5", "6"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "embed", "source", "track"}


def markdown_of(html: str) -> str:
    """The lines of an HTML file as Markdown. Scripts, styles and lists of contents are not text of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return "\n\n".join(reader.lines) + "\n"


class _Reader(HTMLParser):
    """Gathers runs until a block ends. `marks`: the kinds of inline marks that are open, with their targets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.runs: list[Piece] = []
        self.marks: list[tuple[str, str, str]] = []
        self.skipping = 0
        self.lists = 0
        self.boxes: list[bool] = []
        self.prefix = ""
        self.in_notes = 0
        self.backlink = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a mark, a list or a box."""
        given = {name: value or "" for name, value in attrs}
        if tag in _SKIPPED or self.skipping:
            self.skipping += tag not in _VOID
        elif tag in {"ul", "ol"}:
            self.flush()
            self.lists += 1
        elif tag == "section" and "notes" in given.get("class", ""):
            self.flush()
            self.in_notes = 1
        elif tag == "div":
            self.flush()
            self.boxes.append("box" in given.get("class", "").split())
        elif tag in _BLOCKS:
            self.flush()
            self.prefix = self._prefix(tag, given)
        elif tag == "br":
            self.runs.append(Piece(PLAIN, " "))
        elif tag == "img":
            self.flush()
            self.lines.append(f"![{given.get('alt', '')}]")
        else:
            self._mark(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if self.skipping:
            self.skipping -= tag not in _VOID
        elif tag in {"ul", "ol"}:
            self.flush()
            self.lists = max(0, self.lists - 1)
        elif tag == "div":
            self.flush()
            if self.boxes:
                self.boxes.pop()
        elif tag == "section":
            self.flush()
            self.in_notes = 0
        elif tag in _BLOCKS:
            self.flush()
        else:
            self._unmark(tag)

    def handle_data(self, data: str) -> None:
        """Text, under the marks that are open."""
        if self.skipping or self.backlink:
            return
        run = Piece(PLAIN, " ".join(data.split("\n")).replace("\t", " "))
        kinds = [kind for _tag, kind, _to in self.marks]
        if CALL in kinds and data.strip().isdigit():
            self.runs.append(Piece(CALL, data.strip()))
            return
        if RAISED in kinds and data.strip():
            run = Piece(RAISED, data.strip())
        for _tag, kind, to in reversed(self.marks):
            if kind in {LINK, STRESS}:
                run = Piece(kind, to=to, inner=(run,))
        self.runs.append(run)

    def flush(self) -> None:
        """End the line that is being gathered."""
        line = line_of(self.runs, self.prefix, quoted=any(self.boxes))
        if line:
            self.lines.append(line)
        self.runs, self.prefix = [], ""

    def _prefix(self, tag: str, given: dict[str, str]) -> str:
        if "box-label" in given.get("class", ""):
            return "#### "
        if self.in_notes and tag == "li":
            return f"<sup>{given.get('value', '')}</sup> "
        if self.in_notes and tag.startswith("h"):
            self.skipping = 1
            return ""
        if tag == "li":
            return "  " * max(0, self.lists - 1) + "- "
        if tag == "h1":
            return "## "
        if tag.startswith("h") and tag[1:].isdigit():
            own = given.get("data-level", "")
            return "#" * int(own if own in _LEVELS else tag[1:]) + " "
        return "| " if tag in {"td", "th"} else ""

    def _mark(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a" and given.get("role") == "doc-backlink":
            self.backlink = True
        elif tag == "a" and "call" in given.get("class", "").split():
            self.marks.append((tag, CALL, ""))
        elif tag == "a":
            self.marks.append((tag, LINK, given.get("href") or given.get("data-to", "")))
        elif tag in {"em", "i"}:
            self.marks.append((tag, STRESS, ""))
        elif tag == "sup":
            self.marks.append((tag, RAISED, ""))

    def _unmark(self, tag: str) -> None:
        if tag == "a" and self.backlink:
            self.backlink = False
            return
        for place in range(len(self.marks) - 1, -1, -1):
            if self.marks[place][0] == tag:
                del self.marks[place]
                return
