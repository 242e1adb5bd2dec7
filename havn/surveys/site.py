"""What public pages must know of a request: where the site is, and whether a form is ours."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.common.errors import NotAllowed
from havn.live import origin


def site_of(request: HttpRequest) -> str:
    """ "https://centre.example": the name that was asked for, which tenancy has found to be a centre's."""
    return f"{'https' if settings.SECURE else 'http'}://{request.get_host()}"


def form_token() -> str:
    """For a hidden field: these pages set no cookie that Django's own token would need."""
    return origin.form_token("")


def check_own_form(request: HttpRequest) -> None:
    """Raise NotAllowed for a form of another site."""
    told = {b"host": request.get_host().encode()}
    for name in ("Origin", "Sec-Fetch-Site"):
        if name in request.headers:
            told[name.lower().encode()] = request.headers[name].encode()
    ours = origin.check(told)
    if ours is None:
        ours = origin.token_fits(request.POST.get("form_token", "")[:200], "")
    if not ours:
        raise NotAllowed(_("This form did not come from our own page. Open the survey again."))
