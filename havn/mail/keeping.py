"""The clocks of letters by e-mail on their way out, for the list of `havn.common.keeping`."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from havn.common.keeping import Clock, register_clock
from havn.mail.models import LetterOut
from havn.mail.rules import COUNTED_FOR, SHOWN_FOR, TRIED_FOR, WAITS_FOR, is_given_up

_TABLES = ("mail.LetterOut",)
_TASK = "mail.forget"


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "mail.waiting",
            _TABLES,
            lambda: _("E-mails that could not be sent: address and words"),
            lambda centre_id: (
                _("%(tried)s days after the first try; %(waits)s days where no mail server is set up")
                % {"tried": TRIED_FOR.days, "waits": WAITS_FOR.days}
            ),
            task=_TASK,
            over=_waiting_over,
        )
    )
    register_clock(
        Clock(
            "mail.given-up",
            _TABLES,
            lambda: _("That an e-mail could not be sent, without address and words"),
            lambda centre_id: _("%(days)s days after it was given up") % {"days": COUNTED_FOR.days},
            task=_TASK,
            over=lambda centre_id, at: _of(centre_id, "given-up").filter(given_up_at__lt=at - COUNTED_FOR).count(),
        )
    )
    register_clock(
        Clock(
            "mail.shown",
            _TABLES,
            lambda: _("E-mails in the outbox of a demonstration"),
            lambda centre_id: _("%(days)s days after they were written") % {"days": SHOWN_FOR.days},
            task=_TASK,
            over=lambda centre_id, at: _of(centre_id, "kept").filter(queued_at__lt=at - SHOWN_FOR).count(),
        )
    )
    register_clock(
        Clock(
            "mail.timed",
            _TABLES,
            lambda: _("E-mails to children, and what children agreed to pass on: address and words"),
            lambda centre_id: _("24 hours after they were written, sent or not"),
            task="mail.due",
            every=dt.timedelta(minutes=1),
            over=lambda centre_id, at: _of(centre_id, "waiting").filter(until__lt=at).count(),
        )
    )


def _of(centre_id: int, state: str) -> QuerySet[LetterOut]:
    return LetterOut.objects.filter(centre_id=centre_id, state=state)


def _waiting_over(centre_id: int, at: dt.datetime) -> int:
    waiting = _of(centre_id, "waiting").values_list("queued_at", "first_try_at")
    return sum(is_given_up(queued_at=queued, first_try_at=tried, now=at) for queued, tried in waiting)
