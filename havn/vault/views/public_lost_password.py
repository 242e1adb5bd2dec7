"""What to do about a lost password, for somebody who cannot sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import door


@door
@require_safe
def lost_password(request: HttpRequest) -> HttpResponse:
    """An explanation and no form: nobody but a colleague can help, and that is the point."""
    return render(request, "vault/public_lost_password.html")
