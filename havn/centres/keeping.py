"""What stays of centres, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays

TABLES = (
    "centres.ContactPoint", "centres.ChannelSettings", "centres.OpeningRule", "centres.OpeningException",
    "centres.CentreTexts", "centres.CentreTheme", "centres.ApprovedText", "centres.SignSite",
    "centres.SignVideo",
)  # fmt: skip


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "centres",
            TABLES,
            lambda: _("Contact points, opening hours, texts, films in sign language and looks of a centre"),
            lambda: _("Until somebody changes them."),
        )
    )
