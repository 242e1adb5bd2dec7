"""How often something was used, and nothing of who used it."""

from django.db import models
from wagtail.models import Page


class PageUse(models.Model):
    """A count for one page and month. No reader, no time of day, no address is in it or beside it."""

    class Kind(models.TextChoices):
        VIEW = "view", "Opened"
        LESSON = "lesson", "Lesson opened"
        EASY = "easy", "Easy-read opened"
        PRINT = "print", "PDF saved"
        PACK = "pack", "Offline pack saved"
        ADAPT = "adapt", "Adapted by a centre"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="uses")
    month = models.DateField(help_text="Its first day.")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "month", "kind"], name="page_use_once_a_month")]
