"""What stays of the live process, for the list of `havn.common.keeping`. Sessions and codes go with their talk."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "live.beacons",
            ("live.Beacon",),
            lambda: _("Counters that say that something changed, without saying what"),
            lambda: _("Those that name a talk go with it, at the latest; the others hold a number."),
        )
    )
