"""What should be gone by its clock."""

import datetime as dt
from typing import TypeAlias

from django.db.models import QuerySet

from havn.surveys.models import Answer, SentPage, WaitingAnswer, Wave
from havn.surveys.rules.states import TICKET_HOURS, answers_go_at, hour_of

AnyAnswer: TypeAlias = Answer | WaitingAnswer


def pages_over(moment: dt.datetime) -> QuerySet[SentPage]:
    """Marks of sent pages that could not be sent again any more."""
    return SentPage.objects.filter(hour__lte=hour_of(moment) - TICKET_HOURS)


def waves_over(moment: dt.datetime) -> list[Wave]:
    """Waves whose single answers have to go."""
    kept = Wave.objects.filter(approved_at__isnull=False, answers_gone_at=None).select_related("survey")
    return [wave for wave in kept if answers_go_at(wave.closes_at, wave.survey.keep_days) <= moment]


def answers_over(centre_id: int, moment: dt.datetime) -> int:
    """How many answers of a centre should be gone and are still there."""
    pks = [wave.pk for wave in waves_over(moment) if wave.survey.centre_id == centre_id]
    return Answer.objects.filter(wave__in=pks).count() + WaitingAnswer.objects.filter(wave__in=pks).count()
