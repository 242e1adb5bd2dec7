"""Writes of the directory: confirm, change, doubt, settle, and ask a confirmer."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.centres.api import ContactPoint
from havn.common.clock import now
from havn.common.errors import Refused
from havn.directory.listing import EntryNow
from havn.directory.models import (
    CentreEntry,
    Confirmation,
    ConfirmLink,
    ContactHistory,
    Doubt,
    Entry,
    PublishedHours,
)
from havn.directory.permissions import check_can_change, check_can_keep, check_can_settle, is_own
from havn.directory.queries import entry_now
from havn.directory.said import said_of
from havn.tenancy.models import Centre, Service

LINK_LIVES = dt.timedelta(days=30)
_SETTLED_BY_CONFIRMING = ("hours", "days")


@transaction.atomic
def confirm_entry(*, actor: User, centre: Centre, service: Service) -> None:
    """Say that everything in the entry is right as it stands. NotAllowed for people who do not keep it."""
    check_can_change(actor, centre, service)
    _confirm(service, actor=actor, by_words=_voice(actor, centre, service))
    _record(centre, actor, service, "directory.entry.confirmed")


@transaction.atomic
def save_facts(*, actor: User, centre: Centre, service: Service, entry: Entry) -> None:
    """Store the facts of an entry and of its service, which come unsaved from the form."""
    check_can_change(actor, centre, service)
    entry.service = service
    service.save(update_fields=["name", "languages", "audience"])
    _mark(entry, actor, service)
    entry.save()
    _record(centre, actor, service, "directory.entry.changed")


@transaction.atomic
def save_confirmer(*, actor: User, centre: Centre, entry: Entry, clock_days: int) -> None:
    """Store who is asked to confirm, and the clock of the whole country. `entry` comes unsaved from the form."""
    check_can_keep(actor, centre, entry.service)
    entry.save()
    of = entry.service.organisation.centre
    CentreEntry.objects.update_or_create(centre=of, defaults={"clock_days": clock_days})
    _record(centre, actor, entry.service, "directory.confirmer.changed", days=clock_days)


@transaction.atomic
def save_point(
    *, actor: User, centre: Centre, point: ContactPoint, hours: Sequence[PublishedHours], before: str = ""
) -> None:
    """Store a contact point, new or changed, and replace its published hours. `before`: the value it had.

    Both come unsaved from the form. What changed goes into the public history of the number.
    """
    service = point.service
    check_can_change(actor, centre, service)
    is_new = point.pk is None
    point.save()
    if not service.organisation.centre.is_hosted:
        point.published_hours.all().delete()
        for row in hours:
            row.pk, row.point = None, point
        PublishedHours.objects.bulk_create(hours)
    value = _value(point)
    if value != before:
        what = ContactHistory.What.APPEARED if is_new or not before else ContactHistory.What.CHANGED
        _history(point, what, value, before, _voice(actor, centre, service))
    _touch(actor, service)
    _record(centre, actor, service, "directory.point.saved", channel=point.channel)


@transaction.atomic
def remove_point(*, actor: User, centre: Centre, point: ContactPoint) -> None:
    """Take a contact point away. Its history stays."""
    service, channel = point.service, point.channel
    check_can_change(actor, centre, service)
    _history(point, ContactHistory.What.REMOVED, _value(point), "", _voice(actor, centre, service))
    point.delete()
    _touch(actor, service)
    _record(centre, actor, service, "directory.point.removed", channel=channel)


@transaction.atomic
def open_doubt(*, actor: User, centre: Centre, service: Service, words: str) -> None:
    """Note that sources say different things, in one sentence that the public reads."""
    check_can_keep(actor, centre, service)
    of = service.organisation.centre
    Doubt.objects.create(
        centre=of, service=service, kind=Doubt.Kind.CONFLICT, about="other", words=words, opened_at=now()
    )
    _record(centre, actor, service, "directory.doubt.opened")


@transaction.atomic
def settle_doubt(*, actor: User, centre: Centre, doubt: Doubt, words: str) -> None:
    """Say that a doubt is settled, and how. Refused when somebody was quicker."""
    if doubt.service is not None:
        check_can_keep(actor, centre, doubt.service)
    else:
        check_can_settle(actor, centre, doubt.centre)
    settled = Doubt.objects.filter(pk=doubt.pk, settled_at=None).update(
        settled_at=now(), settled_by=actor, settled_words=words
    )
    if not settled:
        raise Refused(_("This doubt is settled already."))
    record(
        centre_id=centre.pk,
        actor_id=actor.pk,
        service_id=doubt.service_id,
        action="directory.doubt.settled",
        subject=f"doubt:{doubt.pk}",
    )


@transaction.atomic
def make_link(*, service: Service) -> str:
    """The secret of a fresh link for the entry's confirmer. It is told once; earlier unused links stop working."""
    token, moment = secrets.token_urlsafe(32), now()
    ConfirmLink.objects.filter(service=service, used_at=None).update(used_at=moment)
    ConfirmLink.objects.create(
        service=service, token_hash=hash_of(token), made_at=moment, expires_at=moment + LINK_LIVES
    )
    Entry.objects.filter(pk=service.pk).update(reminded_at=moment)
    return token


def link_of(token: str) -> ConfirmLink | None:
    """The link with this secret that still works."""
    links = ConfirmLink.objects.filter(token_hash=hash_of(token[:200]), used_at=None, expires_at__gt=now())
    return links.select_related("service__organisation__centre", "service__entry").first()


@transaction.atomic
def answer_link(*, token: str, wrong: str = "") -> None:
    """A confirmer without an account says that all is right, or in `wrong` what is not. The link is used up.

    What is wrong becomes a doubt for the desk: the entry's facts stay as they are. Refused for a link that is over.
    """
    found = link_of(token)
    if found is None or not ConfirmLink.objects.filter(pk=found.pk, used_at=None).update(used_at=now()):
        raise Refused(_("This link is over. Ask for a new one."))
    service = found.service
    entry = Entry.objects.select_related("confirmer").get(pk=service.pk)
    by_words = entry.confirmer.name if entry.confirmer and entry.confirmer.name else entry.confirmer_name
    by_words = by_words or service.organisation.name or service.name
    if wrong:
        centre = service.organisation.centre
        Confirmation.objects.create(
            service=service, at=now(), by_words=by_words, result=Confirmation.Result.WRONG, words=wrong
        )
        Doubt.objects.create(
            centre=centre, service=service, kind=Doubt.Kind.REPORTED, about="other", words=wrong, opened_at=now()
        )
    else:
        _confirm(service, actor=None, by_words=by_words)
    _record(_trail_of(service), None, service, "directory.entry.doubted" if wrong else "directory.entry.confirmed")


def hash_of(token: str) -> bytes:
    """What the database knows of a link's secret."""
    return hashlib.sha256(b"havn directory link" + token.encode("utf-8", "replace")).digest()


def _confirm(service: Service, *, actor: User | None, by_words: str) -> None:
    moment = now()
    Entry.objects.get_or_create(service=service, defaults={"confirmer_id": service.organisation_id})
    Entry.objects.select_for_update(of=("self",)).get(pk=service.pk)
    entry = entry_now(service.pk, moment)
    if entry is None:
        raise Refused(_("This entry is not there any more."))
    Confirmation.objects.create(
        service=service,
        at=moment,
        by=actor,
        by_words=by_words,
        result=Confirmation.Result.RIGHT,
        said=said_of(entry),
    )
    ContactHistory.objects.bulk_create(_confirmed(entry, moment, by_words))
    # Old sources cannot cast doubt on hours that their own organisation has just called right.
    Doubt.objects.filter(service=service, settled_at=None, about__in=_SETTLED_BY_CONFIRMING).filter(
        Q(kind=Doubt.Kind.UNKNOWN) | Q(kind=Doubt.Kind.CONFLICT)
    ).update(settled_at=moment, settled_by=actor, settled_words="")


def _confirmed(entry: EntryNow, moment: dt.datetime, by_words: str) -> list[ContactHistory]:
    return [
        ContactHistory(
            service=entry.service,
            point=one.point,
            channel=one.channel,
            what=ContactHistory.What.CONFIRMED,
            value=one.value,
            at=moment,
            by_words=by_words,
        )
        for one in entry.points
        if one.value
    ]


def _voice(actor: User, centre: Centre, service: Service) -> str:
    """Who speaks, as the public reads it: an organisation, never a person."""
    return service.organisation.name if is_own(actor, service) else centre.name


def _mark(entry: Entry, actor: User, service: Service) -> None:
    if not is_own(actor, service):
        entry.changed_at = now()


def _touch(actor: User, service: Service) -> None:
    entry, _new = Entry.objects.get_or_create(service=service, defaults={"confirmer_id": service.organisation_id})
    _mark(entry, actor, service)
    entry.save(update_fields=["changed_at"])


def _value(point: ContactPoint) -> str:
    return point.number or point.email or point.url


def _history(point: ContactPoint, what: str, value: str, before: str, by_words: str) -> None:
    if value or before:
        ContactHistory.objects.create(
            service=point.service,
            point=point,
            channel=point.channel,
            what=what,
            value=value,
            before=before,
            at=now(),
            by_words=by_words,
        )


def _trail_of(service: Service) -> Centre:
    """On whose trail it stands: a centre that does not run here has nobody to read it, so on the network's."""
    own = service.organisation.centre
    if own.is_hosted:
        return own
    return (
        Centre.objects.hosted().order_by(Case(When(kind=Centre.Kind.NETWORK, then=0), default=1), "pk").first() or own
    )


def _record(centre: Centre, actor: User | None, service: Service, action: str, **codes: str | int) -> None:
    actor_id = actor.pk if actor else None
    record(centre_id=centre.pk, actor_id=actor_id, service_id=service.pk, action=action, subject="", **codes)
