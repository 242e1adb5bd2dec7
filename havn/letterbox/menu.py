"""The screens that the letterbox adds to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import services_for
from havn.accounts.menu import may_see
from havn.accounts.models import User
from havn.common.clock import now_ms
from havn.common.navigation import Entry, Group, register
from havn.helpline.menu import at_a_helpline
from havn.helpline.rules.roles import WORKS
from havn.letterbox.queries.letters import over_alarm
from havn.tenancy.models import Service


def register_menu() -> None:
    """The letters, with how many have waited past the alarm."""
    register(Entry(Group.CONVERSATIONS, 12, "letterbox:letters", lambda: _("Letters"), _may_see, _over_alarm))


def _may_see(request: HttpRequest) -> bool:
    return may_see(request, "letterbox.work") and at_a_helpline(request, WORKS)


def _over_alarm(request: HttpRequest) -> int:
    if not isinstance(request.user, User):
        return 0
    services = services_for(request.user, request.centre, *WORKS)  # type: ignore[attr-defined]
    at = now_ms()
    return sum(over_alarm(one.pk, now_ms=at) for one in services if one.kind == Service.Kind.HELPLINE)
