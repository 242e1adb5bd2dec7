"""Documents of rounds that no answer names any more."""

import datetime as dt

from havn.common.ids import random_id
from havn.forms.models import Form, FormVersion
from havn.rounds.actions.files import KEPT_UNUSED
from havn.rounds.models import AnswerFile, Assignment, Round
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _document(runs_out: dt.datetime) -> Left:
    centre, made = line().service.organisation.centre, runs_out - KEPT_UNUSED
    form = Form.objects.create(centre=centre, key=f"round_{random_id()}"[:40], made_at=made)
    version = FormVersion.objects.create(
        form=form, number=1, definition={}, made_at=made, changed_at=made, frozen_at=made
    )
    one = Round.objects.create(
        owner=centre, form_version=version, first=made.date(), last=made.date(), period_kind="span",
        opens_on=made.date(), closes_on=made.date(), made_at=made,
    )  # fmt: skip
    assignment = Assignment.objects.create(round=one, centre=centre, changed_at=made)
    row = AnswerFile.objects.create(
        assignment=assignment, ref=f"ref-{random_id()}"[:22], name="report.pdf", kind="pdf", size=4,
        content=b"%PDF", made_at=made,
    )  # fmt: skip
    return lambda: AnswerFile.objects.filter(pk=row.pk).count()


ROWS: dict[str, Make] = {"rounds.files": _document}
