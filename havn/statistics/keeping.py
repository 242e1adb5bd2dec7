"""What stays of statistics, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "statistics",
            ("statistics.Count", "statistics.Checked"),
            lambda: _("Counts of contacts by day and code"),
            lambda: _("For good: a count names nobody and no talk, and small ones are left out of what is published."),
        )
    )
