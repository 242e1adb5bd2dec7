"""Who looks at a public page of events."""

from django.http import HttpRequest

from havn.accounts.api import roles_in_centre, staff_session
from havn.events.queries import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """The person at this centre's site: a member when signed in here, with any role, and not locked.

    Public pages have no session of their own: the cookie is only read, and only when it is there.
    """
    centre = request.centre  # type: ignore[attr-defined]
    signed_in = staff_session(request.COOKIES)
    is_member = bool(signed_in and not signed_in.locked and roles_in_centre(signed_in.user_id, centre))
    return Viewer(centre, is_member)
