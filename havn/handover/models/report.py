"""What was reported to a platform, and how that ended: no content, and no address of any."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.helpline.rules.record import OTHER, PLATFORMS
from havn.live.models import Conversation
from havn.tenancy.models import Service

PLATFORM_CHOICES = [(name, name) for name in (*PLATFORMS, OTHER)]


class PlatformReport(models.Model):
    """One report. It has a clock of its own and outlives the talk that it came from.

    Its note, if there is one, is sealed to the team with a key of its own (`key_id`, a wrap of the vault).
    """

    class Kind(models.TextChoices):
        CONTENT = "content", "Something that is shown"
        ACCOUNT = "account", "An account"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        RAISED = "raised", "Raised with the platform"
        ANSWERED = "answered", "Answered"
        REMOVED = "removed", "Removed"
        REFUSED = "refused", "Refused"

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="platform_reports")
    platform = models.CharField(max_length=40, choices=PLATFORM_CHOICES)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RAISED)
    once = models.CharField(max_length=43, help_text="A name of the form, so that a second press is the same one.")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at_ms = models.BigIntegerField()
    moved_at_ms = models.BigIntegerField(help_text="Since when it stands as it does, or was asked about again.")
    closed_at_ms = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    nonce = models.BinaryField(default=b"")
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "once"], name="one_platform_report_per_press")]
        indexes = [models.Index(fields=["service", "state", "moved_at_ms"], name="platform_reports_open")]


class PlatformReportTalk(models.Model):
    """Which talk a report came from. Goes with the talk; the report then stands alone."""

    report = models.OneToOneField(PlatformReport, primary_key=True, on_delete=models.CASCADE, related_name="talk")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="platform_reports")


class PlatformReportCount(models.Model):
    """What stays of a closed report: platform, kind, how it ended, after how many days, in which month."""

    id = RandomIdField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="platform_report_counts")
    platform = models.CharField(max_length=40)
    kind = models.CharField(max_length=8)
    removed = models.BooleanField()
    days = models.PositiveIntegerField()
    month = models.DateField(help_text="The first day of the month in which it was closed.")

    class Meta:
        indexes = [models.Index(fields=["service", "month"], name="platform_counts_when")]
