"""What a view must know of the request: who looks, where the site is, and whether a form is ours."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import roles_in_centre, staff_session
from havn.common.errors import NotAllowed
from havn.events.queries import Viewer
from havn.live import origin


def viewer_of(request: HttpRequest) -> Viewer:
    """The person at this centre's site: a member when signed in here, with any role, and not locked.

    Public pages have no session of their own: the cookie is only read, and only when it is there.
    """
    centre = request.centre  # type: ignore[attr-defined]
    signed_in = staff_session(request.COOKIES)
    is_member = bool(signed_in and not signed_in.locked and roles_in_centre(signed_in.user_id, centre))
    return Viewer(centre, is_member)


def site_of(request: HttpRequest) -> str:
    """ "https://centre.example": the name that was asked for, which tenancy has found to be a centre's."""
    return f"{'https' if settings.SECURE else 'http'}://{request.get_host()}"


def form_token() -> str:
    """For a hidden field of a public form: these pages set no cookie that Django's own token would need."""
    return origin.form_token("")


def check_own_form(request: HttpRequest) -> None:
    """Raise NotAllowed for a form of another site. As the live process does it for what children post."""
    told = {b"host": request.get_host()}
    for name in ("Origin", "Sec-Fetch-Site"):
        if name in request.headers:
            told[name.lower().encode()] = request.headers[name]
    ours = origin.check({key: value.encode() for key, value in told.items()})
    if ours is None:
        ours = origin.token_fits(request.POST.get("form_token", "")[:200], "")
    if not ours:
        raise NotAllowed(
            _("This form was open for too long, or came from another page. Open it again and send it once more.")
        )
