"""The survey or wave that an address names: of this centre, for somebody who runs its surveys."""

from django.http import Http404, HttpRequest

from havn.accounts.models import User
from havn.surveys.models import Survey, Wave
from havn.surveys.permissions import check_can_run
from havn.surveys.queries.surveys import surveys_of, waves_of
from havn.tenancy.models import Centre

_LARGEST = 2**63 - 1


def actor_of(request: HttpRequest) -> User:
    """Who is signed in and runs surveys here. Raises NotAllowed for others."""
    check_can_run(request.user, request.centre)  # type: ignore[arg-type,attr-defined]
    assert isinstance(request.user, User)
    return request.user


def survey_of(request: HttpRequest, survey_id: int) -> Survey:
    """Http404 for a survey of another centre."""
    actor_of(request)
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = surveys_of(centre).select_related("centre").filter(pk=survey_id).first() if survey_id <= _LARGEST else None
    if found is None:
        raise Http404
    return found


def wave_of(request: HttpRequest, wave_id: int) -> Wave:
    """Http404 for a wave of another centre."""
    actor_of(request)
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = waves_of(centre).filter(pk=wave_id).first() if wave_id <= _LARGEST else None
    if found is None:
        raise Http404
    return found
