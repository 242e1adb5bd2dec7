"""What is written to somebody who registered, in the language in which they did. Each is queued in the caller's
transaction; nobody is written to for any other reason.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.utils.translation import gettext as _

from havn.common.dates import weekday_and_day
from havn.events import calendar, words
from havn.events.models import Event, Registration
from havn.events.sealing import Person
from havn.mail import api as mail


def send_place(event: Event, registration: Registration, person: Person) -> None:
    """To somebody who has just registered: a place or the waiting list."""
    with _spoken(registration):
        if registration.state == Registration.State.CONFIRMED:
            lead = _("You have a place.")
            _send(event, registration, person, _("You have a place: %(title)s"), lead, "events.confirmed")
        else:
            lead = _("The event is full, and you are in the waiting list. We write to you when a place is free.")
            _send(event, registration, person, _("In the waiting list: %(title)s"), lead, "events.waiting")


def send_link_again(event: Event, registration: Registration, person: Person) -> None:
    """To somebody who registered a second time with the same address: the same place, the same link."""
    with _spoken(registration):
        lead = _("You are registered already. Here is your link once more.")
        _send(event, registration, person, _("Your link: %(title)s"), lead, "events.link-again")


def send_moved_up(event: Event, registration: Registration, person: Person) -> None:
    """To somebody from the waiting list."""
    with _spoken(registration):
        lead = _(
            "A place is free, and it is yours. If you cannot come, give it up on your page: somebody waits for it."
        )
        _send(event, registration, person, _("You have a place now: %(title)s"), lead, "events.moved-up")


def send_changed(event: Event, registration: Registration, person: Person) -> None:
    """The event changed: read it again."""
    with _spoken(registration):
        lead = _("The event has been changed. This is how it is now:")
        _send(event, registration, person, _("Changed: %(title)s"), lead, "events.changed")


def send_reminder(event: Event, registration: Registration, person: Person) -> None:
    """Some days before."""
    with _spoken(registration):
        lead = _("The event is soon. If you cannot come, give your place up on your page: somebody may wait for it.")
        _send(event, registration, person, _("Soon: %(title)s"), lead, "events.reminder")


def send_event_cancelled(event: Event, registration: Registration, person: Person) -> None:
    """The event does not take place."""
    with _spoken(registration):
        lead = _("The event is cancelled. Take it out of your calendar with the file in this letter.")
        if event.cancelled_because:
            lead += "\n" + event.cancelled_because
        _send(event, registration, person, _("Cancelled: %(title)s"), lead, "events.cancelled")


def send_left(event: Event, registration: Registration, person: Person) -> None:
    """The person gave the place up: the last letter, without a link."""
    with _spoken(registration):
        text = "\n\n".join(
            (
                _("Hello %(name)s,") % {"name": person.name},
                _("You are no longer registered, and what you told us is destroyed."),
                _facts(event),
                event.organisation.shown_name,
            )
        )
        mail.send(
            centre=event.centre,
            to=person.email,
            subject=_("No longer registered: %(title)s") % {"title": event.title},
            text=text,
            kind="events.left",
        )


def own_page(person: Person) -> str:
    """The whole address of somebody's own page."""
    return person.site + reverse("events:registration", args=[person.token])


def forgotten_on(event: Event) -> dt.date:
    """The day on which the people of the event are forgotten."""
    return (event.ends_at + dt.timedelta(days=event.kept_days)).date()


def _send(event: Event, registration: Registration, person: Person, subject: str, lead: str, kind: str) -> None:
    confirmed = registration.state == Registration.State.CONFIRMED
    going = confirmed and event.state == Event.State.PUBLISHED
    parts = [_("Hello %(name)s,") % {"name": person.name}, lead, _facts(event)]
    if going and event.joining:
        parts.append(event.joining)
    if going and event.payment_note:
        parts.append(f"{event.payment_note}\n" + _("Reference: %(reference)s") % {"reference": registration.reference})
    if event.state == Event.State.PUBLISHED:
        parts.append(_("Your own page, where you can also cancel:") + "\n" + own_page(person))
    kept = _("We destroy what you told us on %(date)s. Only counts are kept.")
    parts += [kept % {"date": weekday_and_day(forgotten_on(event))}, event.organisation.shown_name]
    mail.send(
        centre=event.centre,
        to=person.email,
        subject=subject % {"title": event.title},
        text="\n\n".join(parts) + "\n",
        kind=kind,
        calendar=calendar.file_of(event, site=person.site, joining=event.joining if going else "")
        if confirmed
        else None,
    )


def _facts(event: Event) -> str:
    return f"{event.title}\n{words.when(event)}\n{words.where(event)}"


@contextmanager
def _spoken(registration: Registration) -> Iterator[None]:
    """In the language of the person, addresses too, whoever's doing it is that a letter is written."""
    before = get_script_prefix()
    set_script_prefix(f"/{registration.language}/")
    try:
        with translation.override(registration.language):
            yield
    finally:
        set_script_prefix(before)
