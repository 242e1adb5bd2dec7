"""Care plans. A plan names nobody: its child finds it by a code, counsellors beside a talk in which it was given."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.live.models import Conversation
from havn.tenancy.models import Service


class CarePlan(models.Model):
    """A plan. Its key lies under its code, and beside talks in which it was made or given, under theirs."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    made_on = models.DateField()
    used_on = models.DateField(null=True, help_text="The day of its last use.")


class RecognitionCode(models.Model):
    """The way of a plan's child to it: the locator finds the row, the secret, stored nowhere, opens the plan's key."""

    plan = models.OneToOneField(CarePlan, primary_key=True, on_delete=models.CASCADE, related_name="code")
    locator = models.PositiveIntegerField(unique=True)
    salt = models.BinaryField()
    nonce = models.BinaryField()
    wrapped = models.BinaryField()


class PlanVersion(models.Model):
    """What a plan said from this version on; sealed under the plan's key."""

    id = RandomIdField()
    plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at_ms = models.BigIntegerField()
    nonce = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]


class PlanUse(models.Model):
    """In how many talks a plan was given on a day: a count, and no talk."""

    id = RandomIdField()
    plan = models.ForeignKey(CarePlan, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "day"], name="plan_use_once")]


class PlanBeside(models.Model):
    """Which plan stands beside a talk: its number and key, sealed under the talk's key. Nothing in clear joins them."""

    conversation = models.OneToOneField(
        Conversation, primary_key=True, on_delete=models.CASCADE, related_name="plan_beside"
    )
    nonce = models.BinaryField()
    sealed = models.BinaryField()
