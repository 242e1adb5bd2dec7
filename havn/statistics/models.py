"""Counts: how many, of what, on which day. A row names nobody and no talk."""

from django.db import models

from havn.tenancy.models import Service


class Count(models.Model):
    """How many things of one service had one code of one dimension on a day, or in a month.

    Months stand beside their days, so that a year reads twelve rows where its days would be hundreds. `within` says
    what else is the same for all that a row counts (a strand's own words, such as "chat/answered/online").

    The key is the row's place (no row number on SQLite), so that nothing tells in which order cells came to be.
    """

    class Grain(models.TextChoices):
        DAY = "d", "A day"
        MONTH = "m", "A month"

    pk = models.CompositePrimaryKey("service_id", "grain", "day", "dimension", "within", "code")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_index=False)
    grain = models.CharField(max_length=1, choices=Grain.choices)
    day = models.DateField(help_text="In the centre's zone; of a month its first.")
    dimension = models.CharField(max_length=20)
    within = models.CharField(max_length=60)
    code = models.CharField(max_length=120)
    count = models.IntegerField()


class Checked(models.Model):
    """What the last check of a service's counts found. One row a service."""

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    first = models.DateField(help_text="The first day that was compared.")
    last = models.DateField()
    differences = models.PositiveIntegerField()
