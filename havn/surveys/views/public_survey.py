"""What a child reads before the first question and after the last, and which surveys there are."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import local_time
from havn.common.access import public
from havn.common.clock import now
from havn.common.language import reader_language
from havn.forms.api import Type
from havn.live.public_forms import form_token
from havn.surveys.models import Survey, Wave
from havn.surveys.queries.surveys import (
    definition_of,
    public_survey,
    public_surveys,
    published_waves,
    state_of,
    wave_that_is_open,
)
from havn.surveys.rules.states import State
from havn.surveys.words import said, title_of
from havn.tenancy.models import Centre

TEXTS = ("for_whom", "why", "afterwards", "guardian")


@public
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys that are open, and those with results."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = [
        {"survey": survey, "title": title_of(survey), "is_open": is_open is not None, "published": published}
        for survey, is_open, published in public_surveys(centre, now())
    ]
    return render(request, "surveys/public_surveys.html", {"surveys": found})


@public
@require_safe
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks and why, before the questions; or that it is closed, and what happened."""
    found = _survey(request, slug)
    wave = wave_that_is_open(found, now()) if found.archived_at is None else None
    if wave is None:
        with local_time(request):
            return render(request, "surveys/public_closed.html", closed_context(found))
    return render(request, "surveys/public_survey.html", start_context(found, wave) | {"form_token": form_token()})


@public
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank you, and when and where to read what came of it."""
    found = _survey(request, slug)
    context = {"survey": found, "title": title_of(found), "afterwards": _texts(found)["afterwards"]}
    return render(request, "surveys/public_thanks.html", context)


def start_context(found: Survey, wave: Wave) -> dict[str, Any]:
    """What stands before the first question."""
    definition = definition_of(wave)
    questions = [one for one in definition.questions.values() if one.type != Type.NOTE]
    return {
        "survey": found,
        "title": title_of(found),
        "texts": _texts(found),
        "count": len(questions),
        "may_skip": not any(one.required for one in questions),
    }


def closed_context(found: Survey) -> dict[str, Any]:
    """What stands there when nothing can be answered: what comes, or what came of it."""
    moment = now()
    waves = list(found.waves.all())
    planned = [wave for wave in waves if state_of(wave, moment) is State.PLANNED and found.archived_at is None]
    over = [wave for wave in waves if state_of(wave, moment) not in (State.DRAFT, State.PLANNED)]
    told = [wave for wave in over if wave.outcome]
    is_newest = bool(told) and told[0].pk == over[0].pk
    first = found.centre.default_language
    return {
        "survey": found,
        "title": title_of(found),
        "opens": min((wave.opens_at for wave in planned), default=None),
        "is_reading": bool(over) and not is_newest,
        "outcome": said(told[0].outcome, reader_language(), first) if told else None,
        "outcome_of": told[0].last_at if told and not is_newest else None,
        "results": published_waves(found),
    }


def _texts(found: Survey) -> dict[str, Any]:
    first = found.centre.default_language
    return {name: said(getattr(found, name), reader_language(), first) for name in TEXTS}


def _survey(request: HttpRequest, slug: str) -> Survey:
    found = public_survey(request.centre, slug)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
