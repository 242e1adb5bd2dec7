"""A Party's factsheet: passages in the order in which they are read, its notes, its asks and observations."""

from django.db import models
from django.db.models import Q

from havn.accounts.models import User
from havn.recommendations.models.rounds import Chapter, MonitoringRound, Recommendation
from havn.recommendations.rules.factsheet import document, verbs
from havn.recommendations.rules.factsheet.inline import plain
from havn.tenancy.models import Centre


class Factsheet(models.Model):
    """What a round says to one Party. Public from the day it is published here."""

    round = models.ForeignKey(MonitoringRound, on_delete=models.PROTECT, related_name="factsheets")
    party = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="factsheets", help_text="Its country.")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en", help_text="What it is written in.")
    source_name = models.CharField(max_length=200, help_text="The file that it was read from.")
    left_out = models.JSONField(default=list, help_text="[[number, text], ...]: lines of the file that are not in it.")
    fingerprint = models.CharField(max_length=64, help_text="Of the document as it was read (rules.factsheet.writing).")
    imported_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField()
    is_ready = models.BooleanField(default=False, help_text="All of it is stored. Before that nobody sees it.")
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["party__name", "-round__fills_from"]
        constraints = [models.UniqueConstraint(fields=["round", "party"], name="one_factsheet_of_a_party_in_a_round")]

    def __str__(self) -> str:
        return self.title


class FactsheetFile(models.Model):
    """A published factsheet as a file, made when it was published. The public never waits for one to be made."""

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=5, help_text="html, docx or pdf.")
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factsheet", "format"], name="one_file_of_a_format")]


class SheetChapter(models.Model):
    """A chapter as this factsheet has it: its place, its own title, and whom the Party named for it beforehand."""

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="parts")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    title = models.TextField(help_text="With marks (rules.factsheet.inline).")
    responsible = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    alternate = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    validator = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["factsheet", "chapter"], name="chapter_once_in_a_factsheet")]

    def __str__(self) -> str:
        return f"{self.chapter.number}. {plain(self.title)}"


class Passage(models.Model):
    """A piece of text in its place. Without a chapter it stands in front of all of them."""

    class Kind(models.TextChoices):
        HEADING = document.HEADING
        PARAGRAPH = document.PARAGRAPH
        BULLET = document.BULLET
        FOLLOW_UP = document.FOLLOW_UP
        PRACTICE = document.PRACTICE
        NOTED = document.NOTED

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="passages")
    chapter = models.ForeignKey(Chapter, null=True, on_delete=models.PROTECT, related_name="passages")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(help_text="With marks (rules.factsheet.inline).")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["factsheet", "order"], name="passage_order_in_factsheet")]


class Footnote(models.Model):
    """A note of a factsheet."""

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="footnotes")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["factsheet", "number"], name="note_number_in_factsheet")]


class Ask(models.Model):
    """What the Committee asks for in one place, of this Party or of all. It cites recommendations by its notes."""

    class Scope(models.TextChoices):
        PARTY = verbs.PARTY
        ALL = verbs.ALL

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="asks")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="asks")
    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, related_name="ask")
    length = models.PositiveSmallIntegerField(default=1, help_text="How many passages it is, with its sub-bullets.")
    number = models.PositiveSmallIntegerField(help_text="Its place among the asks of the factsheet, from 1.")
    verb = models.CharField(max_length=20, blank=True)
    scope = models.CharField(max_length=5, choices=Scope.choices)
    lead = models.TextField(blank=True, help_text="The sentence before it, where it does not speak for itself.")
    text = models.TextField(help_text="Its words without marks, a line for each bullet, for search and lists.")
    paragraphs = models.JSONField(default=list, help_text="Paragraphs of the report that its notes name.")
    recommendations = models.ManyToManyField(Recommendation, through="Citation", related_name="asks")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["factsheet", "number"], name="ask_number_in_factsheet")]


class Citation(models.Model):
    """That an ask cites a recommendation, and by which note."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="citations")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="citations")
    footnote = models.ForeignKey(Footnote, on_delete=models.PROTECT, related_name="citations")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "recommendation"], name="recommendation_once_in_an_ask"),
        ]


class Observation(models.Model):
    """What the Committee says about the Party with a paragraph of its report, without asking for anything."""

    factsheet = models.ForeignKey(Factsheet, on_delete=models.CASCADE, related_name="observations")
    chapter = models.ForeignKey(Chapter, on_delete=models.PROTECT, related_name="observations")
    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, related_name="observation")
    text = models.TextField()
    paragraphs = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(paragraphs=[]), name="observation_names_a_paragraph")]
