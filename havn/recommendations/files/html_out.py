"""A document as HTML: the body that pages and the PDF share, and a whole file that can be read in again."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from havn.recommendations.rules.factsheet.document import (
    BULLET,
    HEADING,
    HOLDERS,
    Block,
    ChapterText,
    Document,
    Note,
)
from havn.recommendations.rules.factsheet.inline import CALL, LINK, PLAIN, RAISED, STRESS, Piece, pieces, plain

_TITLE = 2
_NOWHERE = "#"
_HEADING = re.compile(r"<(/?)h([1-6])([ >])")
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #0e2f3b;
  background: #fff; overflow-wrap: anywhere; }
.box { margin: 1rem 0; padding: .5rem 1rem; border: 2px solid #48616a; border-left-width: .75rem; }
.box-follow-up { border-color: #b45309; background: #fff4e5; }
.box-practice { border-color: #1d5fa8; background: #e9f2fd; }
.box-label { font-weight: 700; }
a { color: #0b5394; }
"""


def in_order(html: str, above: int) -> str:
    """The same with no level of headings left out below `above`: who listens needs it; `data-level` keeps its own."""
    shown: list[int] = []

    def heading(tag: re.Match[str]) -> str:
        nonlocal above
        if tag[1]:
            return f"</h{shown.pop()}{tag[3]}"
        level = int(tag[2])
        above = min(level, above + 1)
        shown.append(above)
        kept = f' data-level="{level}"' if above != level else ""
        return f"<h{above}{kept}{tag[3]}"

    return _HEADING.sub(heading, html)


def whole_file(document: Document, title: str, language: str, names: dict[str, str]) -> str:
    """A file that stands by itself. `names`: of "contents", "notes" and the way "back", in its language."""
    links = "".join(
        f'<li><a href="#chapter-{chapter.number}">{escape(chapter.number)}. {escape(chapter.title)}</a></li>'
        for chapter in document.chapters
    )
    contents = (
        f'<nav aria-label="{escape(names["contents"])}"><h2>{escape(names["contents"])}</h2><ul>{links}</ul></nav>'
    )
    body = "".join([
        f"<header>{in_order(_blocks(document.front), 0)}</header>",
        contents if links else "",
        *(chapter_html(chapter) for chapter in document.chapters),
        notes_html(document.notes, names["notes"], names["back"]),
    ])  # fmt: skip
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>"
        f'<body><main class="factsheet">{body}</main></body></html>\n'
    )


def chapter_html(chapter: ChapterText) -> str:
    """A chapter with its heading."""
    head = f"{escape(chapter.number)}. {_inline(chapter.title)}"
    html = f'<section><h2 id="chapter-{escape(chapter.number)}">{head}</h2>{_blocks(chapter.blocks)}</section>'
    return in_order(html, 1)


def blocks_html(blocks: Sequence[Block]) -> str:
    """Blocks of a chapter, or of one follow-up."""
    return _blocks(blocks)


def text_html(text: str) -> str:
    """One text with its marks."""
    return _inline(text)


def notes_html(notes: Iterable[Note], name: str, back: str) -> str:
    """The notes as a list at the end, each with a way `back` to the text."""
    lines = "".join(
        f'<li id="note-{note.number}" value="{note.number}">{_inline(note.text)} '
        f'<a href="#call-{note.number}" role="doc-backlink" aria-label="{escape(back)} ({note.number})">↩</a></li>'
        for note in notes
    )
    if not lines:
        return ""
    return f'<section class="notes" role="doc-endnotes"><h2>{escape(name)}</h2><ol>{lines}</ol></section>'


def _blocks(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    depth = -1
    for block in blocks:
        wanted = block.level if block.kind == BULLET else -1
        while depth > wanted:
            parts.append("</li></ul>")
            depth -= 1
        if wanted >= 0 and depth == wanted:
            parts.append("</li>")
        while depth < wanted:
            # A list inside a list stands in one of its lines.
            depth += 1
            parts.append("<ul>" if depth == wanted else '<ul><li class="level">')
        parts.append(_block(block))
    parts += ["</li></ul>"] * (depth + 1)
    return "".join(parts)


def _block(block: Block) -> str:
    text = _inline(block.text)
    if block.kind == BULLET:
        return f"<li>{text}"
    if block.kind == HEADING:
        if block.level <= _TITLE:
            return f"<h1>{text}</h1>"
        return f"<h{block.level}>{text}</h{block.level}>"
    if block.kind in HOLDERS:
        return _box(block, text)
    return f"<p>{text}</p>"


def _box(block: Block, text: str) -> str:
    return (
        f'<div class="box box-{block.kind}" role="group" aria-label="{escape(plain(block.text))}">'
        f'<p class="box-label">{text}</p>{_blocks(block.children)}</div>'
    )


def _inline(text: str) -> str:
    return "".join(_run(run) for run in pieces(text))


def _run(run: Piece) -> str:
    if run.kind == CALL:
        return (
            f'<sup><a class="call" id="call-{run.text}" href="#note-{run.text}" role="doc-noteref">{run.text}</a></sup>'
        )
    if run.kind == RAISED:
        return f"<sup>{escape(run.text)}</sup>"
    inner = "".join(_run(one) for one in run.inner)
    if run.kind == STRESS:
        return f"<em>{inner}</em>"
    if run.kind == LINK:
        return _link(run.to, inner or escape(run.to))
    assert run.kind == PLAIN
    return escape(run.text, quote=False)


def _link(to: str, words: str) -> str:
    if to == _NOWHERE:
        # A press would only jump to the top; `data-to` lets the file be read again as it was.
        return f'<a data-to="#">{words}</a>'
    # Only what leads to a page; another scheme in a file of others stays words.
    if not to.startswith(("https://", "http://", "#")):
        return words
    return f'<a href="{escape(to)}" rel="noreferrer">{words}</a>'
