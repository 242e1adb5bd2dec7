"""The clocks of answers and of sent pages, and what stays, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.surveys.actions.forgetting import FORGOTTEN
from havn.surveys.queries.over import answers_over, pages_over


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "surveys.answers",
            ("surveys.Answer", "surveys.WaitingAnswer"),
            lambda: _("What single children answered in surveys, without anything that tells who"),
            lambda centre_id: _(
                "As many days after it closed as the survey says (365 at first), whether results were published or not"
            ),
            task="surveys.forget",
            over=answers_over,
            settings="surveys:desk",
            trail=FORGOTTEN,
        )
    )
    register_clock(
        Clock(
            "surveys.pages",
            ("surveys.SentPage",),
            lambda: _("That a page of a survey was sent, so that it counts once"),
            lambda centre_id: _("Two hours after the page was begun"),
            task="surveys.tend",
            over=lambda centre_id, at: pages_over(at).count(),
            every=dt.timedelta(hours=1),
        )
    )
    register_stays(
        Stays(
            "surveys",
            ("surveys.Survey", "surveys.Wave"),
            lambda: _("Surveys, and their results in numbers that tell of nobody"),
            lambda: _("They were published for everybody, or wait for it; a draft goes when somebody deletes it."),
        )
    )
