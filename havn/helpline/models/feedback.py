"""What children answered when asked how a talk was, where the talk had been counted already."""

from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Service


class Feedback(models.Model):
    """One answer with nothing beside it. It cannot join its contact: nothing may lead from a talk to its contact."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    half_hour = models.DateTimeField(help_text="Of the answer, cut to the half-hour.")
    value = models.PositiveSmallIntegerField(help_text="3 yes, 2 a little, 1 no.")
