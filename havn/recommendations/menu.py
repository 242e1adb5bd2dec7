"""The screen that recommendations add to the staff menu, with how many are overdue or wait for this person."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.recommendations.permissions import READ, today_in, validators_in
from havn.recommendations.queries.due import overdue_count, to_validate, waiting
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
    overdue = overdue_count(centre, today_in(centre))
    person = request.user.pk or 0
    return overdue + (len(to_validate(centre, person, validators_in(centre))) if waiting(centre).exists() else 0)
