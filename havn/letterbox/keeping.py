"""The clock of lines for restores, and what stays of letters, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.helpline.retention.journal import KEPT, lines_in
from havn.letterbox import withdrawn


def register() -> None:
    """Fill the list. Drafts, consents and answers being prepared go with their letter."""
    register_clock(
        Clock(
            "letterbox.withdrawn",
            (),
            lambda: _("That an answer was taken back, so that no restore publishes it again"),
            lambda centre_id: _("%(days)s days later, as long as backups reach") % {"days": KEPT.days},
            task="helpline.purge",
            over=lambda centre_id, at: _over(at),
        )
    )
    register_stays(
        Stays(
            "letterbox.published",
            ("letterbox.PublishedAnswer", "letterbox.PublishedTopic", "letterbox.PublishedWord"),
            lambda: _("Answers on the site, without any link to a letter"),
            lambda: _("Until the child's code or a supervisor takes them off."),
        )
    )
    register_stays(
        Stays(
            "letterbox",
            ("letterbox.LetterboxSettings", "letterbox.LettersAnswered"),
            lambda: _("How long letters may wait, and how many answers of each colleague have gone out"),
            lambda: _("Until somebody changes it; the number goes with the colleague's account."),
        )
    )


def _over(at: dt.datetime) -> int:
    limit = (at - KEPT).date()
    return sum(dt.date.fromisoformat(day) < limit for day, _text in lines_in(withdrawn.path(), fields=2))
