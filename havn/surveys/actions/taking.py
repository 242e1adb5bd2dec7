"""Taking what a child sends. It is stored for good before the child reads "thank you"; of the child nothing is."""

import hashlib
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.common.errors import Refused
from havn.surveys.actions.mixing import TOGETHER, move_waiting
from havn.surveys.models import SentPage, WaitingAnswer, Wave
from havn.surveys.queries.surveys import can_answer
from havn.surveys.rules.states import ticket_is_over, week_of


class SurveyIsOver(Refused):
    """It closed, or never opened. `status` 410."""

    status = 410


class TicketIsOver(Refused):
    """The page was begun too long ago to know whether it was sent before. With a fresh ticket it can be sent."""


@transaction.atomic
def take(*, wave_id: int, answers: dict[str, Any], number: bytes, hour: int) -> None:
    """Keep clean answers once for a ticket; a second time nothing happens. Raises SurveyIsOver and TicketIsOver.

    No line on the trail: it would tell when.
    """
    wave = Wave.objects.select_for_update(of=("self",)).select_related("survey__centre").filter(pk=wave_id).first()
    moment = now()
    if wave is None or not can_answer(wave, moment):
        raise SurveyIsOver(_("This survey is closed now. Your answers were not kept."))
    digest = hashlib.sha256(number).digest()
    if SentPage.objects.filter(pk=digest).exists():
        return
    SentPage.objects.create(digest=digest, hour=hour)
    local = moment.astimezone(ZoneInfo(wave.survey.centre.time_zone))
    WaitingAnswer.objects.create(wave=wave, week=week_of(local.date()), answers=answers)
    if WaitingAnswer.objects.filter(wave=wave).count() >= TOGETHER:
        move_waiting(wave)
    # Asked last: had the mark of an earlier sending gone just before it was looked for, the ticket is over by now.
    if ticket_is_over(hour, now()):
        raise TicketIsOver(_("This page is too old to be sent. Send it once more."))
