"""The clock of notes to the next shift, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.supervision.queries.notes import notes_over
from havn.supervision.queries.settings import supervision_of
from havn.tenancy.models import Centre, Service


def register() -> None:
    """Fill the list. What supervision keeps of a talk goes with the talk."""
    register_clock(
        Clock(
            "supervision.notes",
            ("supervision.ShiftNote",),
            lambda: _("Notes to the next shift"),
            _when,
            task="helpline.purge",
            over=_over,
            settings="supervision:settings",
            trail="supervision.notes.purged",
        )
    )
    register_stays(
        Stays(
            "supervision",
            ("supervision.RiskCriteria", "supervision.SupervisionSettings"),
            lambda: _("By what risk is told, and how a shift is led"),
            lambda: _("Until somebody changes it."),
        )
    )


def _when(centre_id: int) -> str:
    services = Service.objects.filter(organisation__centre_id=centre_id, kind=Service.Kind.HELPLINE)
    days = max((supervision_of(pk).note_days for pk in services.values_list("pk", flat=True)), default=7)
    return _("%(days)s days after they were written") % {"days": days}


def _over(centre_id: int, at: dt.datetime) -> int:
    return len(notes_over(Centre.objects.get(pk=centre_id), now_ms=int(at.timestamp() * 1000)))
