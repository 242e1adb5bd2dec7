"""The screen that recommendations add to the staff menu, with how many follow-ups are overdue."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.recommendations.permissions import READ
from havn.recommendations.queries.due import overdue_count
from havn.recommendations.views.asked import today_in
from havn.tenancy.models import Centre


def register_menu() -> None:
    """Add the desk; everything else is one step from it."""
    register(
        Entry(
            Group.FIGURES,
            66,
            "recommendations:desk",
            lambda: _("Recommendations"),
            lambda request: may_see(request, READ),
            _due,
        )
    )


def _due(request: HttpRequest) -> int:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    return overdue_count(centre, today_in(centre))
