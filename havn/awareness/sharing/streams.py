"""Walking through the blocks of a page, at whatever depth: to read its words, and to lead what it chose elsewhere.

Works on values as they are stored (JSON), so that nothing is fetched from the database.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from havn.awareness.blocks.body import QuoteBlock

_GONE = object()
_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
_KIND = re.compile(r'\blinktype="(\w+)"')
_NUMBER = re.compile(r'\bid="(\d+)"')


@dataclass(frozen=True)
class Passage:
    """A text of a page. `where` is the way to it in words ("Body, 2: Words"); `is_html` for rich text."""

    where: str
    text: str
    is_html: bool


@dataclass
class Chosen:
    """The numbers of pictures, files and pages that blocks of a page name."""

    pictures: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Elsewhere:
    """Where what was chosen leads now. A picture or file that is not named here is left out; links keep their words."""

    pictures: dict[int, int]
    files: dict[int, int]
    addresses: dict[int, str]


def streams_of(page: Page) -> list[StreamField]:
    """The stream fields of a kind of page."""
    return [one for one in page._meta.get_fields() if isinstance(one, StreamField)]


def passages_of(page: Page) -> Iterator[Passage]:
    """Every text in the streams of a page but somebody's quoted words."""
    for stream in streams_of(page):
        name = str(stream.verbose_name).capitalize()
        for number, one in enumerate(stored(page, stream), 1):
            child = stream.stream_block.child_blocks.get(one["type"])
            if child is not None:
                yield from _words(child, one["value"], f"{name}, {number}: {child.label}")


def chosen_in(page: Page) -> Chosen:
    """What the streams of a page name."""
    chosen = Chosen()

    def note(numbers: set[int]) -> Callable[[int], int]:
        def noted(number: int) -> int:
            numbers.add(number)
            return number

        return noted

    change = _Change(note(chosen.pictures), note(chosen.files), lambda number, _words: note(chosen.pages)(number))
    for stream in streams_of(page):
        _changed(stream.stream_block, stored(page, stream), change)
    return chosen


def led_elsewhere(page: Page, stream: StreamField, to: Elsewhere) -> list[Any]:
    """The stored value of a stream with everything chosen led elsewhere. Blocks that need what is left out go."""

    def address(number: int, _words: str) -> str | None:
        return to.addresses.get(number)

    change = _Change(to.pictures.get, to.files.get, address)
    value: list[Any] = _changed(stream.stream_block, stored(page, stream), change)
    return value


def stored(page: Page, stream: StreamField) -> list[Any]:
    """The blocks of a page as they are stored."""
    value: list[Any] = getattr(page, stream.name).get_prep_value()
    return value


@dataclass(frozen=True)
class _Change:
    picture: Callable[[int], int | None]
    file: Callable[[int], int | None]
    page: Callable[[int, str], Any]


def _changed(block: blocks.Block, value: Any, change: _Change) -> Any:
    if isinstance(block, ImageChooserBlock | DocumentChooserBlock):
        return _choice(block, value, change.picture if isinstance(block, ImageChooserBlock) else change.file)
    if isinstance(block, blocks.RichTextBlock):
        return _LINK.sub(lambda found: _link(found, change), value or "")
    if isinstance(block, blocks.BaseStructBlock):
        return _struct(block, value, change)
    if isinstance(block, blocks.BaseStreamBlock):
        known = [one for one in value if one["type"] in block.child_blocks]
        return _items(known, lambda one: block.child_blocks[one["type"]], change)
    if isinstance(block, blocks.ListBlock):
        return _items(value, lambda _one: block.child_block, change)
    return value


def _choice(block: blocks.Block, value: Any, change: Callable[[int], int | None]) -> Any:
    found = change(value) if value else None
    return _GONE if found is None and block.required else found


def _struct(block: Any, value: dict[str, Any], change: _Change) -> Any:
    new = {**value}
    for name, child in block.child_blocks.items():
        if name in value:
            new[name] = _changed(child, value[name], change)
            if new[name] is _GONE:
                return _GONE
    return new


def _items(items: list[Any], block_of: Callable[[Any], blocks.Block], change: _Change) -> list[Any]:
    kept = []
    for one in items:
        whole = isinstance(one, dict) and "value" in one and "type" in one
        new = _changed(block_of(one), one["value"] if whole else one, change)
        if new is not _GONE:
            kept.append({**one, "value": new} if whole else new)
    return kept


def _link(found: re.Match[str], change: _Change) -> str:
    kind, number = _KIND.search(found["attributes"]), _NUMBER.search(found["attributes"])
    if kind is None or number is None:
        return found[0]
    if kind[1] == "document":
        new = change.file(int(number[1]))
        return f'<a linktype="document" id="{new}">{found["words"]}</a>' if new else found["words"]
    address = change.page(int(number[1]), found["words"])
    return f'<a href="{address}">{found["words"]}</a>' if address else found["words"]


def _words(block: blocks.Block, value: Any, where: str) -> Iterator[Passage]:
    if isinstance(block, QuoteBlock):
        return
    if isinstance(block, blocks.RichTextBlock):
        yield Passage(where, value or "", True)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Passage(where, str(value or ""), False)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _words(child, value.get(name), where)
    elif isinstance(block, blocks.BaseStreamBlock):
        for one in value or ():
            if one["type"] in block.child_blocks:
                yield from _words(block.child_blocks[one["type"]], one["value"], where)
    elif isinstance(block, blocks.ListBlock):
        for one in value or ():
            whole = isinstance(one, dict) and "value" in one and "type" in one
            yield from _words(block.child_block, one["value"] if whole else one, where)
