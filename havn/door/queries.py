"""What the door says of a helpline at this moment."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from havn.centres.api import opening, staffing_of
from havn.centres.words import opening_words
from havn.common.clock import now
from havn.helpline.pages import letter_url_for, start_url
from havn.helpline.queries.queue import Place, snapshot
from havn.helpline.queries.visits import door_for
from havn.helpline.rules.visits import language_for
from havn.tenancy.models import Centre, Service

OPEN, FULL, CLOSED = "open", "full", "closed"


@dataclass(frozen=True, slots=True)
class Doorway:
    """A helpline's chat from outside, in the language in force: how it stands, and where its ways in lead.

    `letter` is "" where nobody answers letters. Paths are those of our own site, with the language in front.
    """

    service: Service
    state: str
    words: str
    chat: str
    letter: str


def doorway(centre: Centre, slug: str, language: str) -> Doorway | None:
    """The chat of the service of this name, else of the one for its audience; None when the centre has no chat.

    Open and full are what the start of the chat would say to somebody who came now and writes in this language.
    """
    door = door_for(centre, "chat", slug)
    if door is None:
        return None
    service, moment = door.service, now()
    ways = (start_url(centre, service.slug), letter_url_for(service))
    hours = opening(service, "chat", moment, staffing_of(service.pk, moment))
    if not hours.admits:
        return Doorway(service, CLOSED, opening_words(hours, centre.time_zone, moment), *ways)
    queue = snapshot(service.pk)
    spoken = language_for(language, [code for code, _name in door.languages], language)
    if queue.is_full(spoken):
        return Doorway(service, FULL, _("So many are waiting that we may not get to you before we close."), *ways)
    return Doorway(service, OPEN, wait_words(queue.if_started_now(spoken)), *ways)


def wait_words(place: Place) -> str:
    """How long somebody waits who comes now, no surer than we are."""
    wait = place.wait
    if wait.sure == "nobody":
        return _("Open now, but nobody who answers in this language is here just now.")
    if wait.sure not in ("good", "rough") or wait.minutes_to is None:
        return _("Open now")
    if wait.minutes_to <= 1:
        return _("Open now. Somebody answers at once.")
    if not wait.minutes_from:
        return _("Open now. The wait is up to %(to)s minutes.") % {"to": wait.minutes_to}
    return _("Open now. The wait is about %(from)s to %(to)s minutes.") % {
        "from": wait.minutes_from,
        "to": wait.minutes_to,
    }
