"""Documents of rounds that no answer names any more, and what was changed in drafts."""

import datetime as dt

from havn.common.ids import random_id
from havn.forms.models import Form, FormVersion
from havn.rounds.actions.files import KEPT_UNUSED
from havn.rounds.actions.forgetting import KEPT_CHANGES
from havn.rounds.models import AnswerFile, Assignment, Draft, DraftChange, Round
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _document(runs_out: dt.datetime) -> Left:
    made = runs_out - KEPT_UNUSED
    row = AnswerFile.objects.create(
        assignment=_assignment(made), ref=f"ref-{random_id()}"[:22], name="report.pdf", kind="pdf", size=4,
        content=b"%PDF", made_at=made,
    )  # fmt: skip
    return lambda: AnswerFile.objects.filter(pk=row.pk).count()


def _change(runs_out: dt.datetime) -> Left:
    made = runs_out - KEPT_CHANGES
    draft = Draft.objects.create(assignment=_assignment(made), version=1, answers={"total": 2}, saved_at=made)
    row = DraftChange.objects.create(draft=draft, version=1, key="total", before=1, at=made)
    return lambda: DraftChange.objects.filter(pk=row.pk).count()


def _assignment(made: dt.datetime) -> Assignment:
    centre = line().service.organisation.centre
    form = Form.objects.create(centre=centre, key=f"round_{random_id()}"[:40], made_at=made)
    version = FormVersion.objects.create(
        form=form, number=1, definition={}, made_at=made, changed_at=made, frozen_at=made
    )
    one = Round.objects.create(
        owner=centre, form_version=version, first=made.date(), last=made.date(), period_kind="span",
        opens_on=made.date(), closes_on=made.date(), made_at=made,
    )  # fmt: skip
    return Assignment.objects.create(round=one, centre=centre, changed_at=made)


ROWS: dict[str, Make] = {"rounds.files": _document, "rounds.changes": _change}
