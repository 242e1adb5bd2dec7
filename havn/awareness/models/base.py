"""What every page has."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.http import HttpRequest
from django.urls import get_script_prefix, set_script_prefix
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.search import index

from havn.awareness.blocks import BodyBlock
from havn.awareness.editor.choices import ChoicesForm
from havn.awareness.fields import TermSelect, TermsField
from havn.common.clock import now
from havn.common.once import once
from havn.tenancy.models import Centre, Organisation

Filler = Callable[["EditorialPage", HttpRequest], dict[str, Any]]
_fillers: list[Filler] = []


def register_filler(filler: Filler) -> None:
    """Give templates of pages what a filler reads for them: a page that is shown and one that is tried alike."""
    if filler not in _fillers:
        _fillers.append(filler)


class EditorialPage(Page):
    """What every kind of page shares: a lead, a body, who wrote it and when it must be looked at again.

    The address begins with the language of the page (/nb/…), whatever the language of who asks for it.
    """

    summary = models.TextField(_("summary"), blank=True, max_length=400, help_text=_("One or two sentences."))
    picture = models.ForeignKey(
        "awareness.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alternative = models.CharField(
        _("what the picture shows"), max_length=250, blank=True, help_text=_("Leave empty only for decoration.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    section = models.SlugField(_("section"), blank=True)
    topics = TermsField(_("topics"), dimension="topic")
    audiences = TermsField(_("audiences"), dimension="audience")
    published_on = models.DateField(_("date"), null=True, blank=True, help_text=_("Shown to readers."))
    review_by = models.DateField(
        _("look at it again by"),
        null=True,
        blank=True,
        help_text=_("After this day the page says that it may be out of date."),
    )

    base_form_class = ChoicesForm
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alternative")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("published_on"), FieldPanel("review_by")], heading=_("Facts")
        ),
        FieldPanel("section", widget=TermSelect("section")),
        FieldPanel("topics"),
        FieldPanel("audiences"),
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("search_description")], heading=_("Address and search")),
    ]

    class Meta:
        abstract = True

    @property
    def kind(self) -> str:
        """What kind of page it is, as a code: "article", "resource", "help-after-report"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__.removesuffix("Page")).lower()

    @property
    def more_terms(self) -> set[tuple[str, str]]:
        """Terms of this kind of page, as (dimension, code), beside topics, audiences, section, kind and date."""
        return set()

    @property
    def centre(self) -> Centre:
        """The centre whose tree the page stands in. Raises Centre.DoesNotExist outside of every tree."""
        front = Page.objects.get(path=self.path[: Page.steplen * 2])
        return Centre.objects.get(editorial_site__site__root_page__translation_key=front.translation_key)

    @property
    def needs_review(self) -> bool:
        """Whether the day to look at it again has passed, by the centre's own calendar."""
        return self.review_by is not None and self.review_by < self._today()

    @property
    def language(self) -> str:
        """The language the page is written in."""
        codes: dict[int, str] = once("locales", lambda: dict(Locale.objects.values_list("pk", "language_code")))
        return str(codes.get(self.locale_id) or self.locale.language_code)

    @property
    def url(self) -> str | None:
        """Its address on its own site, without a host: a site is read under several names and ports."""
        parts = self.get_url_parts()
        return None if parts is None else parts[2]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """As Wagtail's, with the page's own language before the path."""
        before = get_script_prefix()
        set_script_prefix(f"/{self.language}/")
        try:
            parts: tuple[int, str | None, str | None] | None = super().get_url_parts(request=request)
        finally:
            set_script_prefix(before)
        return parts

    def _get_site_root_paths(self, cache_object: object = None) -> Any:
        """Wagtail asks for the roots of all sites at every address."""
        return once("site roots", lambda: super(EditorialPage, self)._get_site_root_paths(cache_object))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the templates of every page need; a kind of page adds its own."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        for fill in _fillers:
            context |= fill(self, request)
        return context

    def _today(self) -> dt.date:
        return now().astimezone(ZoneInfo(self.centre.time_zone)).date()
