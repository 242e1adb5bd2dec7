"""The clock of what is being prepared, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.releases.models import Preparation
from havn.releases.tasks import KEPT


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "releases.preparations",
            ("releases.Preparation",),
            lambda: _("Figures that were prepared for the public and not published"),
            lambda centre_id: _("%(days)s days after somebody asked for them") % {"days": KEPT.days},
            task="releases.forget",
            over=_over,
        )
    )
    register_stays(
        Stays(
            "releases",
            ("releases.Dataset", "releases.Release"),
            lambda: _("Figures as they were published"),
            lambda: _(
                "For ever: whoever cites them must find them again. They were audited and tell of nobody. What each "
                "centre gave to a table of the network is kept with it unread, so that a later table is audited too."
            ),
        )
    )


def _over(centre_id: int, at: dt.datetime) -> int:
    return Preparation.objects.filter(dataset__centre_id=centre_id, asked_at__lt=at - KEPT).count()
