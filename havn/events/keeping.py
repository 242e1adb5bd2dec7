"""The clock of who came where, and what stays of events, for the list of `havn.common.keeping`."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.events.models import Feedback, Registration
from havn.events.queries import to_forget


def register() -> None:
    """Fill the list."""
    register_clock(
        Clock(
            "events.people",
            ("events.Registration", "events.Feedback"),
            lambda: _("Who registered for an event, and what they wrote about it"),
            lambda centre_id: _("As many days after the event as its organiser chose; counts and marks stay"),
            task="events.forget",
            over=_over,
            settings="events:desk",
            trail="events.people.forgotten",
        )
    )
    register_stays(
        Stays(
            "events",
            ("events.Event",),
            lambda: _("Events"),
            lambda: _("As published, with the count of who came, until an editor takes them away."),
        )
    )


def _over(centre_id: int, at: dt.datetime) -> int:
    past = [event.pk for event in to_forget(at) if event.centre_id == centre_id]
    written = Feedback.objects.filter(event__in=past).exclude(Q(answer_one="") & Q(answer_two=""))
    return Registration.objects.filter(event__in=past).count() + written.count()
