"""What a helpline decides for itself, and the texts its counsellors have at hand."""

from django.db import models

from havn.tenancy.models import Service


class HelplineSettings(models.Model):
    """One row per helpline. Every clock of the work is here, with the default the product promises."""

    service = models.OneToOneField(
        Service, primary_key=True, on_delete=models.CASCADE, related_name="helpline_settings"
    )
    seats_default = models.PositiveSmallIntegerField(default=2)
    seats_most = models.PositiveSmallIntegerField(default=3)
    seats_for_high_risk = models.PositiveSmallIntegerField(default=0)
    needs_staff = models.BooleanField(
        default=False, help_text="Closed unless a coordinator and two counsellors are on duty."
    )
    away_minutes = models.PositiveSmallIntegerField(default=10)
    silence_ask_minutes = models.PositiveSmallIntegerField(default=5)
    silence_end_minutes = models.PositiveSmallIntegerField(default=10)
    lost_counsellor_told_seconds = models.PositiveSmallIntegerField(default=20)
    lost_counsellor_offered_seconds = models.PositiveSmallIntegerField(default=90)
    locked_counsellor_offered_seconds = models.PositiveSmallIntegerField(default=300)
    keep_days = models.PositiveSmallIntegerField(default=30)
    keep_unfinished_hours = models.PositiveSmallIntegerField(default=72)


class CannedAnswer(models.Model):
    """A ready sentence, found by `/` and its tags, in one language."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="canned_answers")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=2000)
    tags = models.JSONField(default=list)

    class Meta:
        ordering = ["title", "id"]


class LinkForChildren(models.Model):
    """A page the centre vouches for: the only addresses that become links in a talk."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="links_for_children")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    url = models.URLField()

    class Meta:
        ordering = ["title", "id"]
