"""Keeping a provider's self-assessment under a code, and destroying it by the clock."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.forms.kept import CODE_INFO, assessments_over, day_at, kept_on, opened_by
from havn.forms.models import FormVersion, KeptAssessment
from havn.forms.rules.assessment_codes import AssessmentCode
from havn.forms.rules.evaluating import is_number
from havn.forms.rules.keeping import MOST_A_DAY, Earlier, Kept, goes_on, with_day
from havn.tenancy.models import Centre
from havn.vault import rules as vault

FORGOTTEN = "forms.assessments.forgotten"


class FullToday(Refused):
    """The centre has kept as many new ones today as it keeps on one day."""


@transaction.atomic
def keep(
    *, centre: Centre, version: FormVersion, answers: Mapping[str, Any], values: Mapping[str, Any], code: str = ""
) -> str:
    """Keep answers and today's points. Returns the code: the one given where it opens something, else a new one.

    Raises FullToday for a new one beyond what a centre keeps on a day; what was kept before can always be kept again.
    """
    day = day_at(centre, now())
    found = opened_by(code, centre) if code else None
    points = {key: value for key, value in values.items() if is_number(value)}
    kept = Kept(answers, with_day(found[1].earlier if found else (), Earlier(day, points)))
    if found is not None and (known := AssessmentCode.parse(code)) is not None:
        sealed = vault.wrap(known.secret, kept.as_json(), CODE_INFO).packed
        KeptAssessment.objects.filter(pk=found[0].pk).update(version=version, sealed=sealed, goes_on=goes_on(day))
        return known.text
    return _keep_anew(centre, version, kept, goes_on(day))


def _keep_anew(centre: Centre, version: FormVersion, kept: Kept, until: dt.date) -> str:
    if kept_on(centre, day_at(centre, now())).count() >= MOST_A_DAY:
        raise FullToday(_("No more can be kept today. Please come back tomorrow."))
    code = AssessmentCode.make()
    sealed = vault.wrap(code.secret, kept.as_json(), CODE_INFO).packed
    KeptAssessment.objects.create(centre=centre, version=version, locator=code.locator, sealed=sealed, goes_on=until)
    return code.text


def forget_assessments(*, centre: Centre) -> int:
    """Destroy what is over at a centre. Returns how many."""
    over = assessments_over(centre.pk, day_at(centre, now()))
    with transaction.atomic():
        count, _by_model = over.delete()
        if count:
            record(centre_id=centre.pk, action=FORGOTTEN, count=count)
    return count
