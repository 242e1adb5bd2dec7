"""What outlives a review: how often each answer was given, and of how many people's talks."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class ScoreCount(models.Model):
    """How often one answer was given to one criterion in a half-year. It names no talk and no person."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    half_year = models.CharField(max_length=6)
    criteria = models.PositiveIntegerField()
    code = models.SlugField()
    value = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "half_year", "criteria", "code", "value"], name="one_count_of_a_score"
            )
        ]


class ReviewedHalfYear(models.Model):
    """Of how many people's talks the scores of a half-year by one version of the criteria tell: with fewer than the
    least they are not shown."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    half_year = models.CharField(max_length=6)
    criteria = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "half_year", "criteria"], name="one_reviewed_half_year")
        ]


class ReviewedPerson(models.Model):
    """That a talk of this person was reviewed in the half-year by these criteria, so that they count once. Gone when it
    is over."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    half_year = models.CharField(max_length=6)
    criteria = models.PositiveIntegerField(default=0)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(help_text="The last day of the half-year.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "half_year", "criteria", "user"], name="one_reviewed_person")
        ]
