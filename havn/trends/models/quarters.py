"""What helplines reported for a quarter, and whether a centre lets the others see its own."""

from django.conf import settings
from django.db import models

from havn.tenancy.models import Centre


class Reported(models.Model):
    """A centre's quarter that was accepted. One row a centre and quarter; a correction takes its place."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    quarter = models.CharField(max_length=6)
    scheme = models.SlugField(help_text="The list that its reasons are from.")
    revision = models.PositiveIntegerField(default=1)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "quarter"], name="reported_once")]
        indexes = [models.Index(fields=["quarter"], name="reported_when")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.quarter}"


class Fact(models.Model):
    """How many contacts of one centre's quarter had one code of one dimension ("total" has the code "all")."""

    reported = models.ForeignKey(Reported, on_delete=models.CASCADE, related_name="facts", db_index=False)
    quarter = models.CharField(max_length=6)
    dimension = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reported", "dimension", "code"], name="fact_once")]
        # Everything that the sums of a quarter ask for, so that the table itself need not be read.
        indexes = [models.Index(fields=["quarter", "dimension", "code", "number"], name="fact_sums")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.dimension} {self.code}"


class QuarterSum(models.Model):
    """The facts of all centres of a quarter added up, written with them, so that ten years are read in one go."""

    quarter = models.CharField(max_length=6)
    dimension = models.CharField(max_length=10)
    code = models.CharField(max_length=60)
    number = models.PositiveBigIntegerField()
    centres = models.PositiveIntegerField(help_text="How many centres have it.")
    largest = models.PositiveIntegerField(help_text="The part of the centre that has most of it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dimension", "quarter", "code"], name="quarter_sum_once")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.dimension} {self.code}"


class Comparison(models.Model):
    """Whether a centre lets the other members see its shares by name. Without a row: no."""

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.centre_id}: {self.is_open}"
