"""The screen that rounds add to the staff menu, with what waits there."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.menu import may_see
from havn.common.navigation import Entry, Group, register
from havn.rounds.permissions import ANSWER
from havn.rounds.queries.rounds import sent_to, waiting_for


def register_menu() -> None:
    """Rounds, with how many answers this centre has to give or to look at."""
    register(
        Entry(Group.FIGURES, 40, "rounds:desk", lambda: _("Rounds"), lambda request: may_see(request, ANSWER), _to_do)
    )


def _to_do(request: HttpRequest) -> int:
    centre = request.centre  # type: ignore[attr-defined]
    return waiting_for(centre) + sent_to(centre)
