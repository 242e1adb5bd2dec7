"""The screens that hand-overs and reports add to the staff menu."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import services_for
from havn.accounts.menu import may_see
from havn.accounts.models import User
from havn.common.clock import now_ms
from havn.common.navigation import Entry, Group, register
from havn.handover.queries.handovers import waiting_for_somebody
from havn.handover.queries.reports import overdue_count
from havn.helpline.menu import at_a_helpline
from havn.helpline.rules.roles import WORKS
from havn.tenancy.models import Service


def register_menu() -> None:
    """What waits to be passed on by somebody, and the reports that platforms have not answered."""
    register(Entry(Group.CONVERSATIONS, 14, "handover:handovers", lambda: _("Passed on"), _may_see, _waiting))
    register(Entry(Group.CONVERSATIONS, 15, "handover:reports", lambda: _("Reports to platforms"), _may_see, _overdue))


def _may_see(request: HttpRequest) -> bool:
    return may_see(request, "handover.work") and at_a_helpline(request, WORKS)


def _waiting(request: HttpRequest) -> int:
    return waiting_for_somebody(_services(request))


def _overdue(request: HttpRequest) -> int:
    return overdue_count(_services(request), now_ms=now_ms())


def _services(request: HttpRequest) -> list[int]:
    if not isinstance(request.user, User):
        return []
    held = services_for(request.user, request.centre, *WORKS)  # type: ignore[attr-defined]
    return [one.pk for one in held if one.kind == Service.Kind.HELPLINE]
