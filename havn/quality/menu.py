"""The one screen that quality adds to the staff menu; its others are reached from there."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from havn.accounts.api import services_for
from havn.accounts.menu import may_see
from havn.accounts.models import User
from havn.common.navigation import Entry, Group, register
from havn.helpline.menu import at_a_helpline
from havn.helpline.rules.roles import SUPERVISES, WORKS
from havn.quality.models import TalkWish
from havn.quality.queries.reviews import results_unseen
from havn.tenancy.models import Service


def register_menu() -> None:
    """One's own load and results; for whoever leads a shift also who wants to talk, and the reviews."""
    register(Entry(Group.CONVERSATIONS, 24, "quality:load", lambda: _("Care"), _may, _to_do))


def _may(request: HttpRequest) -> bool:
    return may_see(request, "quality.own") and at_a_helpline(request, WORKS)


def _to_do(request: HttpRequest) -> int:
    """Results that are not opened yet, and colleagues who want to talk."""
    user = request.user
    if not isinstance(user, User):
        return 0
    here: list[Service] = services_for(user, request.centre, *WORKS)  # type: ignore[attr-defined]
    lead = services_for(user, request.centre, *SUPERVISES)  # type: ignore[attr-defined]
    unseen = sum(results_unseen(user.pk, one.pk) for one in here if one.kind == Service.Kind.HELPLINE)
    return unseen + TalkWish.objects.filter(service__in=lead).exclude(user=user).count()
