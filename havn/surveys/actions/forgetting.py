"""Destroying what is over: single answers, and the marks of sent pages."""

import datetime as dt

from django.db import transaction

from havn.audit.api import record
from havn.common.clock import now
from havn.surveys.actions.mixing import HANDFUL, rewrite_tables
from havn.surveys.models import Answer, WaitingAnswer, Wave
from havn.surveys.queries.over import pages_over, waves_over

FORGOTTEN = "surveys.answers.destroyed"


def forget_pages(moment: dt.datetime) -> int:
    """Remove marks of pages that could not be sent again any more."""
    return pages_over(moment).delete()[0]


def forget_answers(moment: dt.datetime) -> int:
    """Destroy single answers whose time is over, in handfuls; results stay. Returns how many."""
    gone = sum(_forget(wave) for wave in waves_over(moment))
    if gone:
        rewrite_tables()
    return gone


def _forget(wave: Wave) -> int:
    gone = 0
    for model in (WaitingAnswer, Answer):
        while pks := list(model._default_manager.filter(wave=wave).values_list("pk", flat=True)[:HANDFUL]):
            with transaction.atomic():
                gone += model._default_manager.filter(pk__in=pks).delete()[0]
    with transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(answers_gone_at=now())
        record(centre_id=wave.survey.centre_id, action=FORGOTTEN, subject=f"survey_wave:{wave.pk}")
    return gone
