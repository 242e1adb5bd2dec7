"""What stays of activities, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays

TABLES = (
    "activities.Activity", "activities.Reach", "activities.Evidence", "activities.PeriodReport", "activities.Section",
    "activities.ReportFile",
)  # fmt: skip


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "activities",
            TABLES,
            lambda: _("What the centre did, and the reports of it"),
            lambda: _("Until somebody of the centre deletes them; they name nobody who took part."),
        )
    )
