"""Where a centre passes things on to, and what it says of each in its languages."""

from django.conf import settings
from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre


class HandoverRoute(models.Model):
    """One route. `key` stays when the name changes: counts and hand-overs name it."""

    class Kind(models.TextChoices):
        HOTLINE = "hotline", "Hotline"
        POLICE = "police", "Police"
        COMPLAINT = "complaint", "Complaint route"

    class Way(models.TextChoices):
        INSIDE = "inside", "To a strand of this installation"
        MAIL = "mail", "By e-mail"
        PAGE = "page", "By the other party's own form"

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="handover_routes")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    name = models.CharField(max_length=120)
    receiver = models.SlugField(max_length=40, blank=True, help_text="Inside: the name of the door.")
    email = models.EmailField(blank=True)
    page_url = models.URLField(blank=True, help_text="Opened by a person, never by Havn.")
    in_use = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["centre", "key"], name="handover_route_in_centre")]

    @property
    def address(self) -> str:
        """Where it passes to, by its way."""
        return {self.Way.INSIDE: self.receiver, self.Way.MAIL: self.email}.get(self.Way(self.way), self.page_url)


class RouteWords(models.Model):
    """What a child reads of a route in one language: who it is, and what they will do. Approved by a person."""

    id = RandomIdField()
    route = models.ForeignKey(HandoverRoute, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=10)
    to = models.CharField(max_length=120, blank=True)
    does = models.CharField(max_length=400, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "language"], name="route_words_in_language")]
