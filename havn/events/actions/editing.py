"""What an organiser does with an event: write, publish, withdraw, cancel."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.events import rules
from havn.events.actions.moving_up import move_up
from havn.events.actions.telling import tell_change
from havn.events.models import Event
from havn.events.permissions import check_can_manage

_SLUG = 70


@transaction.atomic
def save_event(*, actor: User, event: Event) -> Event:
    """Keep what the form says; `event` comes unsaved from it.

    A change that a calendar shows makes a new version of the calendar file; time, place, title or joining
    information that changed after publication is written to everybody registered. More places go to those who wait.
    """
    check_can_manage(actor, event.centre)
    if event.organisation.centre_id != event.centre_id:
        raise NotAllowed(_("An event is held by an organisation of its own centre."))
    before = Event.objects.select_for_update().filter(pk=event.pk).first() if event.pk else None
    if before is not None:
        _check_not_over(before)
    event.changed_at = now()
    if before is None:
        event.slug = _free_slug(event.title)
    elif before.state != Event.State.DRAFT and _differs(before, event, rules.IN_CALENDAR):
        event.sequence = before.sequence + 1
    event.save()
    if before is not None and event.state == Event.State.PUBLISHED:
        if _differs(before, event, rules.WORTH_A_LETTER):
            tell_change.enqueue(event.pk)
        else:
            # Nothing that they need a letter for.
            event.registrations.filter(told=before.sequence).update(told=event.sequence)
        if now() < event.starts_at:
            move_up(event)
    _record(actor, event, "events.saved")
    return event


@transaction.atomic
def publish_event(*, actor: User, event: Event) -> None:
    """Let people see it and register. Refused for what is over or cancelled."""
    check_can_manage(actor, event.centre)
    locked = Event.objects.select_for_update().get(pk=event.pk)
    _check_not_over(locked)
    if locked.state == Event.State.CANCELLED:
        raise Refused(_("This event is cancelled. Write a new one."))
    locked.state, locked.changed_at = Event.State.PUBLISHED, now()
    locked.save(update_fields=["state", "changed_at"])
    _record(actor, event, "events.published")


@transaction.atomic
def withdraw_event(*, actor: User, event: Event) -> None:
    """Make it a draft again, as long as nobody registered: whoever did must be told, by cancelling."""
    check_can_manage(actor, event.centre)
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if locked.state != Event.State.PUBLISHED or locked.registrations.exists():
        raise Refused(_("Somebody has registered. Cancel the event, and they get a letter."))
    locked.state, locked.changed_at = Event.State.DRAFT, now()
    locked.save(update_fields=["state", "changed_at"])
    _record(actor, event, "events.withdrawn")


@transaction.atomic
def cancel_event(*, actor: User, event: Event, because: str) -> None:
    """Call it off and write to everybody registered. The page and the calendars say so from now on."""
    check_can_manage(actor, event.centre)
    locked = Event.objects.select_for_update().get(pk=event.pk)
    _check_not_over(locked)
    if locked.state != Event.State.PUBLISHED:
        raise Refused(_("Only a published event can be cancelled."))
    locked.state, locked.changed_at, locked.cancelled_because = Event.State.CANCELLED, now(), because
    locked.sequence += 1
    locked.save(update_fields=["state", "changed_at", "cancelled_because", "sequence"])
    tell_change.enqueue(event.pk)
    _record(actor, event, "events.cancelled")


@transaction.atomic
def record_export(*, actor: User, event: Event) -> None:
    """Put on the trail that somebody took the list of people out."""
    check_can_manage(actor, event.centre)
    _record(actor, event, "events.people.exported")


def _check_not_over(event: Event) -> None:
    if event.state != Event.State.DRAFT and now() >= event.ends_at:
        raise Refused(_("This event is over, so it cannot be changed any more."))


def _differs(before: Event, after: Event, names: tuple[str, ...]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _free_slug(title: str) -> str:
    base = slugify(title)[:_SLUG].strip("-") or "event"
    slug, number = base, 1
    while Event.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _record(actor: User, event: Event, action: str) -> None:
    record(centre_id=event.centre_id, actor_id=actor.pk, action=action, subject=f"event:{event.pk}")
