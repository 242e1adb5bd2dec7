"""What a centre reports on a period of its project."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from havn.awareness.models.base import EditorialPage


class ReportPage(EditorialPage):
    """A report on a project period, or on a study."""

    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period to"), null=True, blank=True)
    project = models.CharField(
        _("project"), max_length=160, blank=True, help_text=_("Its name and the number of the grant.")
    )
    report_file = models.ForeignKey(
        "awareness.PublishedFile",
        verbose_name=_("the whole report as a file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types: ClassVar[list[str]] = ["awareness.ListingPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*EditorialPage.content_panels, FieldPanel("report_file")]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]), FieldPanel("project")],
            heading=_("Report"),
        ),
        *EditorialPage.promote_panels,
    ]

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def clean(self) -> None:
        """Refuse a period that ends before it begins."""
        super().clean()
        if self.period_start and self.period_end and self.period_start > self.period_end:
            raise ValidationError({"period_end": _("This day is before the first one.")})
