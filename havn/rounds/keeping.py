"""What stays of rounds and what goes by itself, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.rounds.actions.files import KEPT_UNUSED, unused_files
from havn.rounds.actions.forgetting import KEPT_CHANGES, old_changes

TABLES = (
    "rounds.Round", "rounds.Assignment", "rounds.Draft", "rounds.Submission", "rounds.Comment", "rounds.Event",
    "rounds.Reminder",
)  # fmt: skip


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "rounds",
            TABLES,
            lambda: _("What centres answered in rounds, and what was said about it"),
            lambda: _("It is the network's record: sums of a centre, no single contact and nobody who called."),
        )
    )
    register_stays(
        Stays(
            "rounds.address",
            ("rounds.DataAddress",),
            lambda: _("Where a centre wants letters about rounds, sealed"),
            lambda: _("Until the centre changes or removes it."),
        )
    )
    register_clock(
        Clock(
            name="rounds.files",
            tables=("rounds.AnswerFile",),
            what=lambda: _("Documents sent as answers that no answer names any more"),
            when=lambda centre_id: _("%(days)s days after they were sent.") % {"days": KEPT_UNUSED.days},
            task="rounds.forget_files",
            over=_over,
        )
    )
    register_clock(
        Clock(
            name="rounds.changes",
            tables=("rounds.DraftChange",),
            what=lambda: _("What somebody changed in an answer that is not sent in yet, as it was before"),
            when=lambda centre_id: (
                _("When it is sent in, at the latest after %(days)s days.") % {"days": KEPT_CHANGES.days}
            ),
            task="rounds.forget_changes",
            over=lambda centre_id, at: old_changes(at).filter(draft__assignment__centre=centre_id).count(),
        )
    )


def _over(centre_id: int, at: dt.datetime) -> int:
    return sum(one.assignment.centre_id == centre_id for one in unused_files(at))
