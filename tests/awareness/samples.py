"""One published page of every kind there is, with something in every field and in every block.

Made from the models themselves: a new kind, field or block joins by being there.
"""

import datetime as dt
import io
import itertools
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from PIL import Image
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, get_page_models

from havn.awareness.countries import CountryField
from havn.awareness.fields import TermsField
from havn.awareness.models import CentreSite, EditorialPage, FrontPage, ListingPage, Picture, PublishedFile
from havn.awareness.queries import fronts_of, locale_for
from havn.tenancy.models import Centre, Organisation
from havn.vocabularies.api import terms_of

DAY = dt.date(2026, 3, 1)
WORDS = "Hva & hvorfor: «et ord», <ikke> en tag"
ADDRESSES = "https://example.org/oss\nhttps://example.com/@oss"
RICH = '<p>Med <b>vekt</b> og en <a href="https://example.org/?a=1&amp;b=2">vei</a>.</p><ul><li>En</li><li>To</li></ul>'


def kinds() -> list[type[EditorialPage]]:
    """Every kind of page."""
    return [kind for kind in get_page_models() if issubclass(kind, EditorialPage)]


class Sampler:
    """Makes pages in one language of a centre that has its site and at least one organisation."""

    def __init__(self, centre: Centre, language: str = "nb") -> None:
        self.centre = centre
        self.language = language
        self.organisation = Organisation.objects.filter(centre=centre).order_by("pk")[0]
        self.collection = CentreSite.objects.get(centre=centre).collection
        self.picture = self._picture()
        self.pages: dict[type[EditorialPage], EditorialPage] = {}
        self._numbers = itertools.count(1)

    def page_of(self, kind: type[EditorialPage]) -> EditorialPage:
        """The published page of a kind, with the pages that it must stand below."""
        if kind not in self.pages:
            self.pages[kind] = self._front() if kind is FrontPage else self._made(kind)
        return self.pages[kind]

    def sample(self, block: blocks.Block) -> Any:
        """A value for a block, with something in all that is within it."""
        if isinstance(block, blocks.StructBlock):
            return {name: self._within(name, child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self.sample(block.child_block) for _ in range(min(2, block.meta.max_num or 2))]
        if isinstance(block, blocks.StreamBlock):
            return [(name, self.sample(child)) for name, child in block.child_blocks.items() for _ in range(3)]
        if isinstance(block, ImageChooserBlock):
            return self.picture
        return self._leaf(block)

    def _leaf(self, block: blocks.Block) -> Any:
        if isinstance(block, blocks.ChoiceBlock):
            codes = [code for code, _label in block.field.choices if code]
            return codes[next(self._numbers) % len(codes)]
        if isinstance(block, blocks.RichTextBlock):
            return RICH + ("<h3>Mer</h3><p>Enda mer.</p>" if "h3" in (block.features or []) else "")
        if isinstance(block, blocks.IntegerBlock):
            return 12
        if isinstance(block, blocks.BooleanBlock):
            return False
        if isinstance(block, blocks.DateBlock):
            return DAY
        if isinstance(block, blocks.URLBlock):
            return "https://example.org/et/sted?a=1&b=2"
        if isinstance(block, DocumentChooserBlock):
            return self._file("rapport.pdf")
        assert isinstance(block, blocks.CharBlock | blocks.TextBlock), f"no sample for {block}"
        return f"{WORDS} {next(self._numbers)}"[: getattr(block.field, "max_length", None) or 200]

    def _within(self, name: str, block: blocks.Block) -> Any:
        """What only the name of a part tells: which kind of file it is, and a number that can be dialled."""
        files = {"film": "film.mp4", "captions": "tekst.vtt", "sound": "lyd.mp3"}
        if isinstance(block, DocumentChooserBlock) and name in files:
            return self._file(files[name])
        return "22 00 00 00" if name == "phone" else self.sample(block)

    def _made(self, kind: type[EditorialPage]) -> EditorialPage:
        parent = self._parent(kind)
        number = next(self._numbers)
        page = kind(title=f"{WORDS} {number}", slug=f"side-{number}", locale=locale_for(self.language))
        of_every_page = {field.name for field in Page._meta.get_fields()}
        for field in kind._meta.fields:
            if field.name not in of_every_page and field.remote_field is None:
                setattr(page, field.name, self._value(field))
        for field in kind._meta.fields:
            row = {Picture: self.picture, Organisation: self.organisation}.get(field.related_model)
            if row is not None and field.name not in of_every_page:
                setattr(page, field.name, row)
            if field.related_model is PublishedFile:
                setattr(page, field.name, self._file("rapport.pdf"))
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    def _value(self, field: Any) -> Any:
        if isinstance(field, StreamField):
            return self.sample(field.stream_block)
        if isinstance(field, TermsField):
            return [term.code for term in terms_of(field.dimension, on=DAY)[:2]]
        if isinstance(field, CountryField):
            return "NO"
        if field.choices:
            return field.choices[0][0]
        if field.name == "social_media":
            return ADDRESSES
        by_kind: list[tuple[type[Any], Any]] = [
            (models.DateField, DAY),
            (models.BooleanField, True),
            (models.IntegerField, 12),
            (models.URLField, "https://example.org/et/sted?a=1&b=2"),
            (models.EmailField, "post@example.org"),
            (models.SlugField, "awareness"),
            (models.CharField, WORDS),
            (models.TextField, WORDS),
        ]
        value = next((value for kind, value in by_kind if isinstance(field, kind)), None)
        assert value is not None, f"no sample for {field}"
        return value[: field.max_length] if isinstance(value, str) and field.max_length else value

    def _parent(self, kind: type[EditorialPage]) -> EditorialPage:
        allowed = kind.clean_parent_page_models()
        if ListingPage in allowed and kind is not ListingPage:
            return self.page_of(ListingPage)
        return self._front() if FrontPage in allowed else self.page_of(allowed[0])

    def _front(self) -> EditorialPage:
        front: EditorialPage = fronts_of(self.centre).get(locale__language_code=self.language)
        return front

    def _picture(self) -> Picture:
        body = io.BytesIO()
        Image.new("RGB", (400, 300), "teal").save(body, "PNG")
        values = {"title": "Havn", "credit": WORDS, "collection": self.collection, "width": 400, "height": 300}
        return Picture.objects.create(file=ContentFile(body.getvalue(), name="havn.png"), **values)

    def _file(self, name: str) -> PublishedFile:
        file = ContentFile(b"WEBVTT\n", name=f"{next(self._numbers)}-{name}")
        return PublishedFile.objects.create(title=WORDS, language="nb", collection=self.collection, file=file)
