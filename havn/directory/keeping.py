"""The clock of links for confirming, and what stays of the directory, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.directory.models import ConfirmLink

TABLES = (
    "directory.CentreEntry", "directory.Entry", "directory.PublishedHours", "directory.Source", "directory.Doubt",
    "directory.Confirmation", "directory.ContactHistory",
)  # fmt: skip


def register() -> None:
    """Fill the list."""
    from havn.directory.tasks import LINKS_KEPT

    register_clock(
        Clock(
            "directory.links",
            ("directory.ConfirmLink",),
            lambda: _("Links by which an entry of the directory is confirmed"),
            lambda centre_id: _("%(days)s days after the last day on which they work") % {"days": LINKS_KEPT.days},
            task="directory.remind",
            over=lambda centre_id, at: ConfirmLink.objects.filter(expires_at__lt=at - LINKS_KEPT).count(),
        )
    )
    register_stays(
        Stays(
            "directory",
            TABLES,
            lambda: _("The directory of helplines and hotlines, with who confirmed what"),
            lambda: _("As published, with its history, until an editor takes an entry away."),
        )
    )
