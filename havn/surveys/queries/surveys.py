"""Which surveys and waves there are, and where they stand."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from havn.forms.api import Definition, definition_on
from havn.surveys.models import Answer, Survey, WaitingAnswer, Wave
from havn.surveys.rules.states import State, Times, state_at, step_of, takes_answers
from havn.tenancy.models import Centre


def times_of(wave: Wave) -> Times:
    """What decides about the state of a wave."""
    return Times(wave.opens_at, wave.closes_at, wave.approved_at, wave.counted_at, wave.published_at)


def state_of(wave: Wave, now: dt.datetime) -> State:
    """Where a wave stands."""
    return state_at(times_of(wave), now)


def can_answer(wave: Wave, now: dt.datetime) -> bool:
    """Whether what is sent now still counts."""
    return wave.survey.archived_at is None and takes_answers(times_of(wave), now)


def definition_of(wave: Wave) -> Definition:
    """The form of a wave, with lists as they held on the day on which it opens."""
    return definition_on(wave.form_version, wave.opens_at.date(), wave.survey.centre)


def surveys_of(centre: Centre) -> QuerySet[Survey]:
    """All surveys of a centre with their waves, the newest first."""
    waves = Wave.objects.defer("results").select_related("form_version__form").order_by("-number")
    return Survey.objects.filter(centre=centre).prefetch_related(Prefetch("waves", waves)).order_by("-made_at", "pk")


def waves_of(centre: Centre) -> QuerySet[Wave]:
    """All waves of a centre, with what they belong to."""
    return Wave.objects.filter(survey__centre=centre).select_related("survey__centre", "form_version__form")


def wave_that_is_open(survey: Survey, now: dt.datetime) -> Wave | None:
    """The wave that can be begun now."""
    found = waves_of(survey.centre).filter(survey=survey, approved_at__isnull=False, counted_at=None)
    return found.filter(opens_at__lte=now, closes_at__gt=now).first()


def surveys_at_door(centre: Centre, now: dt.datetime) -> tuple[list[Survey], bool]:
    """Surveys that can be begun now, and whether there is anything to read of what was answered.

    One small query: the first page of the centre asks.
    """
    waves = Wave.objects.filter(survey=OuterRef("pk"), approved_at__isnull=False)
    is_open = Exists(waves.filter(opens_at__lte=now, closes_at__gt=now, counted_at=None))
    is_told = Exists(waves.filter(Q(published_at__isnull=False) | Q(outcome_at__isnull=False)))
    rows = Survey.objects.filter(centre=centre, archived_at=None).annotate(is_open=is_open, is_told=is_told)
    found = list(rows.filter(Q(is_open=True) | Q(is_told=True)).select_related("centre").order_by("pk"))
    return [one for one in found if one.is_open], any(one.is_told for one in found)


def public_surveys(centre: Centre, now: dt.datetime) -> list[tuple[Survey, Wave | None, Wave | None]]:
    """Surveys that the public knows of: each with its open wave and its newest wave with published results.

    Also those of which it only says yet what happened with the answers.
    """
    found = []
    for survey in surveys_of(centre).filter(archived_at=None):
        waves: Sequence[Wave] = list(survey.waves.all())
        is_open = next((one for one in waves if state_of(one, now) == State.OPEN), None)
        published = next((one for one in waves if one.published_at), None)
        if is_open or published or any(one.outcome_at for one in waves):
            found.append((survey, is_open, published))
    return sorted(found, key=lambda one: one[1] is None)


def public_survey(centre: Centre, slug: str) -> Survey | None:
    """A survey of which a wave was ever approved; None for drafts and for other centres' ones."""
    if "\0" in slug:
        return None
    approved = Wave.objects.filter(approved_at__isnull=False).values("survey")
    return surveys_of(centre).filter(slug=slug, pk__in=approved).select_related("centre").first()


def published_waves(survey: Survey) -> list[Wave]:
    """Waves whose results everybody reads, the newest first."""
    found = waves_of(survey.centre).filter(survey=survey, published_at__isnull=False)
    return list(found.order_by("-number"))


def answers_step(wave: Wave) -> int:
    """How many answers there are, as a step (10, 50, …) and never by one."""
    return step_of(Answer.objects.filter(wave=wave).count() + WaitingAnswer.objects.filter(wave=wave).count())
