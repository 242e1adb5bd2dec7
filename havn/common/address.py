"""Where a request came to."""

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """ "https://centre.example": the name that was asked for, which tenancy has found to be a centre's."""
    return f"{'https' if settings.SECURE else 'http'}://{request.get_host()}"
