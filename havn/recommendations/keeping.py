"""What stays of recommendations, for the list of `havn.common.keeping`."""

from django.utils.translation import gettext as _

from havn.common.keeping import Stays, register_stays

_ROUNDS = tuple(f"recommendations.{name}" for name in ("Instrument", "MonitoringRound", "Chapter", "Recommendation"))
_FACTSHEETS = tuple(
    f"recommendations.{name}"
    for name in ("Factsheet", "FactsheetFile", "SheetChapter", "Passage", "Footnote", "Ask", "Citation", "Observation")
)
_FOLLOW_UP = tuple(
    f"recommendations.{name}" for name in ("FollowUp", "FollowUpVersion", "Evidence", "EvidenceFile", "Remark")
)


def register() -> None:
    """Fill the list."""
    register_stays(
        Stays(
            "recommendations",
            (*_ROUNDS, *_FACTSHEETS),
            lambda: _("Recommendations of monitoring rounds, and what they say to each country"),
            lambda: _("They are public documents; they name no person."),
        )
    )
    register_stays(
        Stays(
            "recommendations.follow_up",
            _FOLLOW_UP,
            lambda: _("What was done about recommendations, in all versions, and comments on it"),
            lambda: _("It is the record of what a country answered. Drafts and one's own comments can be deleted."),
        )
    )
