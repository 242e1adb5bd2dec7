"""The clocks of calls, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.phone.actions.settling import SEEN_MS
from havn.phone.models import Call, DayKey, SeenMessage
from havn.phone.rules.calls import DAY_MS

_EVERY = dt.timedelta(minutes=10)
_TASK = "phone.forget"


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "phone.callers",
            ("phone.DayKey",),
            lambda: _("Marks of callers, with the key of the day that they were made under"),
            lambda centre_id: _("%(hours)s hours after the key was made") % {"hours": DAY_MS // 3_600_000},
            task=_TASK,
            every=_EVERY,
            over=lambda centre_id, at: DayKey.objects.filter(made_at_ms__lt=_ms(at) - DAY_MS).count(),
        )
    )
    register_clock(
        Clock(
            "phone.calls",
            ("phone.Call",),
            lambda: _("What the telephone system told of a call"),
            lambda centre_id: _("%(hours)s hours after its last event") % {"hours": DAY_MS // 3_600_000},
            task=_TASK,
            every=_EVERY,
            over=_calls_over,
        )
    )
    register_clock(
        Clock(
            "phone.messages",
            ("phone.SeenMessage",),
            lambda: _("Marks of messages from the telephone system, so that none counts twice"),
            lambda centre_id: _("%(minutes)s minutes after they came") % {"minutes": SEEN_MS // 60_000},
            task=_TASK,
            every=_EVERY,
            over=lambda centre_id, at: SeenMessage.objects.filter(
                service__organisation__centre_id=centre_id, at_ms__lt=_ms(at) - SEEN_MS
            ).count(),
        )
    )
    register_stays(
        Stays(
            "phone",
            ("phone.Connection", "phone.Secret", "phone.Extension"),
            lambda: _("How a helpline is joined to its telephone system"),
            lambda: _("Until a coordinator changes it."),
        )
    )


def _calls_over(centre_id: int, at: dt.datetime) -> int:
    of_centre = Call.objects.filter(service__organisation__centre_id=centre_id, last_at_ms__lt=_ms(at) - DAY_MS)
    return of_centre.exclude(Q(counted=False) & Q(conversation__isnull=True)).count()


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)
