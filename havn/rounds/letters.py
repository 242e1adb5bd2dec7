"""What a reminder says. It holds no answer and no name of a person."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from havn.common.dates import weekday_and_day
from havn.rounds.queries.rounds import Place
from havn.rounds.words import form_title, period_name, period_of_round


def reminder_of(place: Place) -> tuple[str, str]:
    """Subject and text, in the first language of the centre."""
    one, centre = place.assignment.round, place.assignment.centre
    with override(centre.default_language):
        title, period = form_title(one.form_version), period_name(period_of_round(one))
        subject = _("%(form)s, %(period)s: please answer") % {"form": title, "period": period}
        days = ngettext("There is %(count)s day left.", "There are %(count)s days left.", place.days_left) % {
            "count": place.days_left
        }
        lines = [
            _("%(owner)s asks %(centre)s for: %(form)s, %(period)s.")
            % {"owner": one.owner.name, "centre": centre.name, "form": title, "period": period},
            _("It closes on %(day)s at 17:00 by your clocks.") % {"day": weekday_and_day(one.closes_on)},
            days if place.days_left else _("That is today."),
            _("Answer it on your desk, under Rounds. What was typed there is kept."),
        ]
    return " ".join(subject.split())[:200], "\n\n".join(lines)
