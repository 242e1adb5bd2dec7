"""Where a centre's own tree of pages begins."""

from django.db import models
from wagtail.models import Collection, Site

from havn.tenancy.models import Centre


class CentreSite(models.Model):
    """A centre's pages, in all its languages, and the room of its pictures and files."""

    centre = models.OneToOneField(Centre, primary_key=True, on_delete=models.CASCADE, related_name="editorial_site")
    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="centre_site")
    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="+")
