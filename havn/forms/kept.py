"""Kept self-assessments: found by their code, and those whose days are over."""

import datetime as dt
import secrets
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from havn.forms.models import KeptAssessment
from havn.forms.rules.assessment_codes import AssessmentCode
from havn.forms.rules.keeping import Kept, from_json, goes_on
from havn.tenancy.models import Centre
from havn.vault import rules as vault

CODE_INFO = b"havn self-assessment code 1"
_DECOY = vault.wrap(secrets.token_bytes(10), bytes(32), CODE_INFO)


def opened_by(code: str, centre: Centre) -> tuple[KeptAssessment, Kept] | None:
    """What a code opens at this centre; None for every other text, with the same work done."""
    parsed = AssessmentCode.parse(code)
    wanted = parsed or AssessmentCode.make()
    row = KeptAssessment.objects.filter(locator=wanted.locator, centre=centre).select_related("version__form").first()
    stored = vault.Wrap.unpack(bytes(row.sealed)) if row else _DECOY
    try:
        text = vault.unwrap(wanted.secret, stored, CODE_INFO)
    except vault.DoesNotOpen:
        return None
    return (row, from_json(text)) if row is not None and parsed is not None else None


def day_at(centre: Centre, moment: dt.datetime) -> dt.date:
    """The day at a centre."""
    return moment.astimezone(ZoneInfo(centre.time_zone)).date()


def kept_on(centre: Centre, day: dt.date) -> QuerySet[KeptAssessment]:
    """Those of a centre that were last kept on a day."""
    return KeptAssessment.objects.filter(centre=centre, goes_on=goes_on(day))


def assessments_over(centre_id: int, day: dt.date) -> QuerySet[KeptAssessment]:
    """Those of a centre that are to be destroyed on a day."""
    return KeptAssessment.objects.filter(centre_id=centre_id, goes_on__lte=day)
