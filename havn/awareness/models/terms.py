"""Which published page is about what: made anew whenever a page is published, gone when it is not."""

from django.db import models
from wagtail.models import Page


class PageTerm(models.Model):
    """One term of one published page. Lists and searches narrow by it; drafts have none."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="terms")
    dimension = models.CharField(max_length=20)
    code = models.SlugField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "dimension", "code"], name="page_term_once")]
        indexes = [models.Index(fields=["dimension", "code"], name="pages_of_a_term")]
