"""Who recommends, in which round, by which words, and the recommendations themselves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Instrument(models.Model):
    """What is monitored, such as a convention."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    body = models.CharField(max_length=200, help_text="Who monitors it.")
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MonitoringRound(models.Model):
    """One round of monitoring. Its verbs, ids, scale and boxes are its own (`rules.rounds` reads them)."""

    class Others(models.TextChoices):
        PARTY = "party", _("People of the Party's own centre")
        EVERYBODY = "everybody", _("People of every centre of the network")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="rounds")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    theme = models.CharField(max_length=500)
    id_scheme = models.CharField(max_length=40, help_text='What an id looks like, such as "{roman}-{number}".')
    verbs = models.JSONField(default=list, help_text="[{verb, name, meaning}], the strongest first.")
    statuses = models.JSONField(default=list, help_text="[{code, name, symbol, is_done}], from nothing to all.")
    boxes = models.JSONField(default=dict, help_text="{kind: {name, colour, verbs}}.")
    others = models.CharField(max_length=10, choices=Others.choices, default=Others.PARTY, help_text="Who comments.")
    proves_from = models.DateField(null=True, blank=True, help_text="Daily work from this day on speaks to chapters.")
    prepares_from = models.DateField()
    prepares_until = models.DateField()
    fills_from = models.DateField()
    fills_until = models.DateField()
    comments_from = models.DateField()
    comments_until = models.DateField()

    class Meta:
        ordering = ["-fills_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(prepares_until__gte=F("prepares_from")), name="preparing_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(fills_until__gte=F("fills_from")), name="filling_ends_after_start"),
            models.CheckConstraint(
                condition=Q(comments_until__gte=F("comments_from")), name="comments_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Chapter(models.Model):
    """A chapter of a round; what a factsheet calls it stands in its SheetChapter.

    `proves` says which daily work of a centre speaks to it (`rules.proof` reads it).
    """

    round = models.ForeignKey(MonitoringRound, on_delete=models.CASCADE, related_name="chapters")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    proves = models.JSONField(default=dict, help_text="{activity_kinds, groups, topics, things: [...]}.")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="chapter_number_in_round")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Recommendation(models.Model):
    """A recommendation of a round. Its text is empty while only its id was cited; so is a verb that nothing names."""

    round = models.ForeignKey(MonitoringRound, on_delete=models.CASCADE, related_name="recommendations")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.PROTECT, related_name="recommendations")
    ref = models.CharField(max_length=20)
    order = models.PositiveIntegerField(help_text="Its place among those of the round.")
    verb = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=5_000, blank=True)

    class Meta:
        ordering = ["order", "ref"]
        constraints = [models.UniqueConstraint(fields=["round", "ref"], name="recommendation_ref_in_round")]

    def __str__(self) -> str:
        return self.ref
