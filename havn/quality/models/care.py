"""What is kept of hard conversations: for the person who had them, and nothing that names the conversation."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.helpline.models import Duty
from havn.live.models import Conversation
from havn.tenancy.models import Service


class HardMark(models.Model):
    """A counsellor said of a running talk that it is hard. Gone when its record is closed, or with the talk."""

    id = RandomIdField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "user"], name="one_hard_mark")]


class DutyLoad(models.Model):
    """How much of it one duty held: counts, and not which talks. Without a duty it is what was coded off duty that day.

    `in_a_row` and `minutes_since` count from the last pause; `refused` until the next hard talk.
    """

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    duty = models.ForeignKey(Duty, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(help_text="Of the first of them, on the centre's calendar.")
    talks = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    in_a_row = models.PositiveSmallIntegerField(default=0)
    minutes_since = models.PositiveIntegerField(default=0)
    refused = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["service", "user", "day"], name="duty_load_of")]


class Debrief(models.Model):
    """Two questions that wait for somebody after a hard conversation. One at a time; gone when answered or skipped."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at_ms = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "user"], name="one_debrief_waits")]


class Answer(models.Model):
    """What somebody answered, by the day. The person reads it; of the step others learn only a sum of many people."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    step = models.PositiveSmallIntegerField(null=True, help_text="1 well to 4 not well at all.")
    wish = models.CharField(max_length=5)

    class Meta:
        indexes = [models.Index(fields=["service", "user", "day"], name="answer_of")]


class TalkWish(models.Model):
    """Somebody wants to talk: now, or later. One per person, deleted when they have: nobody's speed is kept."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=5, help_text="now or later.")
    since_ms = models.BigIntegerField()
    coming = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "user"], name="one_wish_to_talk")]
