"""What every screen of quality shows around itself: the helpline, and the way to the other screens."""

from typing import Any

from django.http import HttpRequest

from havn.accounts.api import has_role
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.views.desk_answers import actor_of, services_here
from havn.quality.queries.reviews import results_unseen
from havn.tenancy.models import Service


def around(request: HttpRequest, service: Service, here: str, *roles: str) -> dict[str, Any]:
    """For the template; `here` names the screen, `roles` who may choose it at other helplines."""
    actor = actor_of(request)
    return {
        "service": service,
        "services": services_here(request, *roles),
        "here": here,
        "leads": has_role(actor, service, *SUPERVISES),
        "unseen": results_unseen(actor.pk, service.pk),
    }
