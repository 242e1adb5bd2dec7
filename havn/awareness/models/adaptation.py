"""Where a page came from when another centre wrote it first, and what was offered to the network's portal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from havn.tenancy.models import Centre


class Adaptation(models.Model):
    """One step of the chain: this page was made from that one. Kept when the first one goes."""

    class How(models.TextChoices):
        TRANSLATED = "translated", _("Translated from")
        ADAPTED = "adapted", _("Adapted from")
        TAKEN_OVER = "taken-over", _("Taken over from")

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="adaptation")
    source = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="adaptations")
    source_title = models.CharField(max_length=255)
    source_centre = models.ForeignKey(Centre, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source_language = models.CharField(max_length=10)
    how = models.CharField(max_length=12, choices=How.choices)
    credit = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Offer(models.Model):
    """A centre's page offered to the network's portal."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="offers")
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    note = models.TextField(max_length=1000, blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    copy = models.OneToOneField(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="taken_from_offer")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(state="waiting"), name="page_offered_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(decided_at__isnull=False),
                name="offer_decided_has_a_time",
            ),
        ]
