"""The clocks of e-mail, for the list of `havn.common.keeping`. Threads name a conversation and go with it."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.mailbox.marks import DAY_MS, SEEN_KEPT_MS
from havn.mailbox.models import DayKey, SeenMail

_EVERY = dt.timedelta(minutes=1)
_TASK = "mailbox.tend"


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "mailbox.seen",
            ("mailbox.SeenMail",),
            lambda: _("Marks of e-mails that came in, so that none is taken twice"),
            lambda centre_id: _("%(days)s days after they came") % {"days": SEEN_KEPT_MS // DAY_MS},
            task=_TASK,
            every=_EVERY,
            over=lambda centre_id, at: SeenMail.objects.filter(
                service__organisation__centre_id=centre_id, at_ms__lt=_ms(at) - SEEN_KEPT_MS
            ).count(),
        )
    )
    register_clock(
        Clock(
            "mailbox.receipts",
            ("mailbox.DayKey", "mailbox.Receipt"),
            lambda: _("Counts of receipts to one address, with the key of the day that its mark was made under"),
            lambda centre_id: _("%(hours)s hours after the key was made") % {"hours": DAY_MS // 3_600_000},
            task=_TASK,
            every=_EVERY,
            over=lambda centre_id, at: DayKey.objects.filter(made_at_ms__lt=_ms(at) - DAY_MS).count(),
        )
    )
    register_stays(
        Stays(
            "mailbox",
            ("mailbox.Mailbox", "mailbox.HookSecret"),
            lambda: _("How a helpline is joined to its mailbox"),
            lambda: _("Until a coordinator changes it."),
        )
    )


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)
