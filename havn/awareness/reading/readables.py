"""Published pages as text that can be read without opening them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail import blocks

from havn.awareness.models import (
    ArticlePage,
    EditorialPage,
    GuidePage,
    HelpAfterReportPage,
    LawPage,
    PlainPage,
    ResourcePage,
)
from havn.awareness.queries import visible_pages
from havn.awareness.reading.finding import Wish, pages_found
from havn.centres.readables import Readable
from havn.tenancy.models import Centre

# Lists, fronts, campaigns, reports and profiles lead to what is read, or are read by other people.
KINDS = (ArticlePage, GuidePage, HelpAfterReportPage, LawPage, PlainPage, ResourcePage)
_STREAMS = ("body", "answers", "ways", "privacy", "parental_controls", "reporting", "blocking", "lesson")
# What says nothing without the page: pictures, films, files, where it is written; and what is for the teacher.
_NOT_READ = {"picture", "film", "file", "sound", "sources", "teacher", "help"}
# Facts in a few words, which say nothing without what they are.
_LABELLED = {"for_whom", "cost", "deadline", "phone", "url"}
_PREFIX = "page:"
_BLOCKS = {"p", "h2", "h3", "h4", "blockquote", "li", "ul", "ol", "br"}


def find(centre: Centre, words: str, language: str, limit: int) -> list[Readable]:
    """Pages with all these words, the best first; those in another language than the reader's come last."""
    found = pages_found(centre, words)
    languages = dict.fromkeys([language, centre.default_language])
    hits = [hit for code in languages for hit in found.fitting(Wish(language=code)) if hit.marks.language == code]
    numbers = [hit.what for hit in hits if isinstance(hit.what, int)]
    pages = _pages(centre, numbers[: limit * 3])
    return [_readable(pages[number]) for number in numbers if number in pages][:limit]


def read(centre: Centre, key: str, _language: str) -> Readable | None:
    """One page by its key, if the public may read it still."""
    number = key.removeprefix(_PREFIX)
    if not key.startswith(_PREFIX) or not re.fullmatch(r"[0-9]{1,15}", number):
        return None
    page = _pages(centre, [int(number)]).get(int(number))
    return _readable(page) if page else None


def _pages(centre: Centre, numbers: list[int]) -> dict[int, EditorialPage]:
    rows = visible_pages(centre).filter(pk__in=numbers).select_related("locale").specific()
    return {page.pk: page for page in rows if isinstance(page, KINDS) and page.url}


def _readable(page: EditorialPage) -> Readable:
    with override(page.language):
        text = "\n\n".join(_paragraphs(page))
    return Readable(
        kind=page.kind,
        title=page.title,
        lead=" ".join(page.summary.split()),
        text=text,
        path=page.url or "",
        language=page.language,
        key=f"{_PREFIX}{page.pk}",
    )


def _paragraphs(page: EditorialPage) -> Iterator[str]:
    for name in _STREAMS:
        stream = getattr(page, name, None)
        said = [text for child in stream or () for text in _said(child.block, child.value, child.block_type)]
        if said and name not in {"body", "answers", "ways"}:
            yield capfirst(str(page._meta.get_field(name).verbose_name))
        yield from said
    as_of = getattr(page, "as_of", None)
    if as_of:
        yield f"{capfirst(str(page._meta.get_field('as_of').verbose_name))}: {date_format(as_of, 'DATE_FORMAT')}"


def _said(block: Any, value: Any, name: str) -> Iterator[str]:
    if name in _NOT_READ or not value:
        return
    if isinstance(block, blocks.RichTextBlock):
        text = plain(value.source)
    elif isinstance(block, blocks.ChoiceBlock):
        text = str(dict(block.field.choices).get(value, ""))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.URLBlock):
        text = f"{block.label}: {value}" if name in _LABELLED else str(value).strip()
    elif isinstance(block, blocks.ListBlock):
        steps = [" ".join(_said(block.child_block, one, name)).replace("\n\n", " ") for one in value]
        text = "\n".join(f"{number}. {step}" for number, step in enumerate(filter(None, steps), 1))
    elif isinstance(block, blocks.BaseStructBlock):
        for child, inner in block.child_blocks.items():
            yield from _said(inner, value.get(child), child)
        return
    else:
        return
    if text:
        yield text


def plain(html: str) -> str:
    """Rich text as plain text: an empty line between paragraphs, "– " or a number before what is in a list."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.counters: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _BLOCKS:
            return
        self.parts.append("\n" if tag in {"li", "br"} else "\n\n")
        if tag in {"ol", "ul"}:
            self.counters.append(0 if tag == "ol" else None)
        if tag == "li":
            self.parts.append(self._mark())

    def _mark(self) -> str:
        if not self.counters or self.counters[-1] is None:
            return "– "
        self.counters[-1] += 1
        return f"{self.counters[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self.counters:
            self.counters.pop()
        if tag in _BLOCKS - {"li", "br"}:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))
