"""Self-assessments that providers keep under a code."""

import datetime as dt

from havn.forms.kept import day_at
from havn.forms.models import Form, FormVersion, KeptAssessment
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _assessment(runs_out: dt.datetime) -> Left:
    centre = line().service.organisation.centre
    number = KeptAssessment.objects.count()
    form = Form.objects.create(centre=centre, key=f"kept_{number}", made_at=runs_out)
    version = FormVersion.objects.create(
        form=form, number=1, definition={}, made_at=runs_out, changed_at=runs_out, frozen_at=runs_out
    )
    row = KeptAssessment.objects.create(
        centre=centre, version=version, locator=number, sealed=b"sealed", goes_on=day_at(centre, runs_out)
    )
    return lambda: KeptAssessment.objects.filter(pk=row.pk).count()


ROWS: dict[str, Make] = {"forms.assessments": _assessment}
