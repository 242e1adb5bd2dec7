"""The network's history as it was published, and where its series broke."""

from django.db import models
from django.db.models import Q

from havn.tenancy.models import Centre

# What the key of a break begins with that a centre itself told of.
SYSTEM = "system-"


class HistoryQuarter(models.Model):
    """A quarter that the network wrote about: where, and what else its page said. It may have no total."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", help_text="The network's own.")
    quarter = models.CharField(max_length=6, help_text='Such as "2023Q4".')
    basis = models.CharField(max_length=10, help_text="stated, later (by another article) or derived.")
    basis_words = models.CharField(max_length=200)
    other = models.TextField(blank=True)
    source = models.URLField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "quarter"], name="history_quarter_once")]

    def __str__(self) -> str:
        return self.quarter


class PublishedFigure(models.Model):
    """One figure as printed: a total (contacts) or a share (per cent), with the word that stood before it."""

    row = models.ForeignKey(HistoryQuarter, on_delete=models.CASCADE, related_name="figures")
    dimension = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    qualifier = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "dimension", "code"], name="published_figure_once")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.code}"


class Break(models.Model):
    """From this quarter on figures do not continue those before: another list, another band, a member's system.

    A shipped one has a `key` and its words in the code, in every language; one that was added here has `words`.
    """

    class Kind(models.TextChoices):
        SCHEME = "scheme", "Another list of reasons"
        BAND = "band", "Another band of ages"
        MEMBER = "member", "A member counts in another way"
        OTHER = "other", "Something else"

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+", help_text="The network's own.")
    quarter = models.CharField(max_length=6, help_text="The first quarter after it.")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    dimension = models.CharField(max_length=10, blank=True, help_text="Empty: all figures.")
    member = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=400, blank=True)
    source = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key="", words=""), name="break_is_explained"),
            models.UniqueConstraint(fields=["centre", "key"], condition=~Q(key=""), name="shipped_break_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.kind}"
