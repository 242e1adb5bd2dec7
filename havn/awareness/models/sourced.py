"""What is said of the law and of help in one country: dated, and with where it is written."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from havn.awareness.blocks import AfterReportBlock, LawBlock
from havn.awareness.countries import CountryField
from havn.awareness.models.base import EditorialPage


class CountryDatedPage(EditorialPage):
    """A page that is true of one country on one day."""

    country = CountryField(_("country"))
    as_of = models.DateField(_("true on"), help_text=_("The day on which somebody checked all of it."))
    checked_by = models.CharField(_("checked by"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def more_terms(self) -> set[tuple[str, str]]:
        """Its country."""
        return {("country", self.country)}


_FACTS = MultiFieldPanel(
    [FieldPanel("country"), FieldRowPanel([FieldPanel("as_of"), FieldPanel("checked_by")])], heading=_("Where and when")
)


class LawPage(CountryDatedPage):
    """A law explainer: what is legal in a country and what is not, question by question."""

    answers = StreamField(LawBlock(min_num=1), verbose_name=_("questions and answers"))

    parent_page_types: ClassVar[list[str]] = ["awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*EditorialPage.search_fields, index.SearchField("answers")]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        _FACTS,
        FieldPanel("answers"),
        *EditorialPage.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("law explainer")
        verbose_name_plural = _("law explainers")


class HelpAfterReportPage(CountryDatedPage):
    """The help that somebody can have in a country after a report."""

    ways = StreamField(AfterReportBlock(min_num=1), verbose_name=_("kinds of help"))

    parent_page_types: ClassVar[list[str]] = ["awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*EditorialPage.search_fields, index.SearchField("ways")]
    content_panels: ClassVar[list[Any]] = [
        *EditorialPage.content_panels[:2],
        _FACTS,
        FieldPanel("ways"),
        *EditorialPage.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("help after a report")
        verbose_name_plural = _("help after a report")
