"""The quarterly article: its frozen numbers, and its words in each language."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from havn.tenancy.models import Centre


class Article(models.Model):
    """One quarter's. `figures` are what the sentences are made from, taken from the facts and taken anew by a press."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", help_text="The network's own.")
    quarter = models.CharField(max_length=6)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    figures = models.JSONField()
    figures_at = models.DateTimeField()
    audit = models.JSONField(default=dict, help_text="What the audit of these figures found (auditing.py).")
    given = models.JSONField(
        default=list, help_text="What each centre gave to what was published, each time, by list; for the audit."
    )
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "quarter"], name="article_once"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state="published", published_at__isnull=False),
                name="published_article_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.quarter


class ArticleText(models.Model):
    """The article in one language. `parts`: [{"key": "total", "text": "…"}, …] in order; people edit each text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    parts = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1, help_text="Counts saves, so that two people cannot overwrite.")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "language"], name="article_text_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.language}"
