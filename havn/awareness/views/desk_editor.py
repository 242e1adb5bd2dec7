"""The editor's doors."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from havn.accounts.access import door


@door
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in does not exist here: to the one door."""
    return HttpResponseRedirect(reverse("accounts:sign_in"))
