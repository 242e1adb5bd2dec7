"""The clock of kept self-assessments, and what stays of forms, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.forms.actions.assessing import FORGOTTEN
from havn.forms.kept import assessments_over, day_at
from havn.forms.rules.keeping import KEPT_DAYS
from havn.tenancy.models import Centre

TABLES = ("forms.Form", "forms.FormVersion", "forms.DraftStep")


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "forms.assessments",
            ("forms.KeptAssessment",),
            lambda: _("Self-assessments that providers keep under a code"),
            lambda centre_id: _("%(days)s days after they were last kept") % {"days": KEPT_DAYS},
            task="forms.forget",
            over=_over,
            trail=FORGOTTEN,
        )
    )
    register_stays(
        Stays(
            "forms",
            TABLES,
            lambda: _("Forms and their versions"),
            lambda: _("Until the centre deletes a form nobody used. They hold questions, never answers."),
        )
    )


def _over(centre_id: int, at: dt.datetime) -> int:
    centre = Centre.objects.get(pk=centre_id)
    return assessments_over(centre_id, day_at(centre, at)).count()
