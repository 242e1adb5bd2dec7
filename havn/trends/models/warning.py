"""Early warning between quarters: signals that were computed, what helplines noticed, and the group's meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre, Service


class Signal(models.Model):
    """A reason of one helpline rose in a week beyond what chance explains. Its count stays in its own centre."""

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="Its Monday.")
    reason = models.SlugField(max_length=60)
    count = models.PositiveIntegerField()
    expected = models.FloatField()
    chance = models.FloatField(help_text="How probable so many or more were if nothing had changed.")
    is_long = models.BooleanField(help_text="Judged by years with their seasons, not by the last weeks alone.")
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "week", "reason"], name="signal_once")]
        indexes = [models.Index(fields=["week"], name="signal_week")]

    def __str__(self) -> str:
        return f"{self.reason} {self.week}"


class Observation(models.Model):
    """What a helpline noticed, in its own short words: no child's words, nothing that tells who a child is."""

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="The Monday of the week in which it was noticed.")
    text = models.CharField(max_length=600)
    reasons = models.JSONField(default=list, help_text="Codes of the network's list.")
    language = models.CharField(max_length=10)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="observation_made")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.week}"


class Confirmation(models.Model):
    """Another centre's helpline sees the same. One row a centre."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="confirmations")
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["observation", "centre"], name="confirmed_once_a_centre")]

    def __str__(self) -> str:
        return f"{self.observation_id} {self.centre_id}"


class Meeting(models.Model):
    """A meeting of the early-warning group with its agenda."""

    id = RandomIdField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d}"


class AgendaPoint(models.Model):
    """A signal or an observation on an agenda, and what the group decided about it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points")
    order = models.PositiveSmallIntegerField()
    signal = models.ForeignKey(Signal, null=True, on_delete=models.CASCADE, related_name="points")
    observation = models.ForeignKey(Observation, null=True, on_delete=models.CASCADE, related_name="points")
    decision = models.CharField(max_length=600, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signal__isnull=True, observation__isnull=False)
                | Q(signal__isnull=False, observation__isnull=True),
                name="point_is_about_one_thing",
            ),
            models.UniqueConstraint(fields=["meeting", "signal"], name="signal_once_a_meeting"),
            models.UniqueConstraint(fields=["meeting", "observation"], name="observation_once_a_meeting"),
        ]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.order}"
