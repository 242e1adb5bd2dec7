"""Writes of centres: one verb each."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.centres.models import ApprovedText, ChannelSettings, OpeningException, OpeningRule
from havn.centres.permissions import TEXTS, check_can_edit_hours
from havn.centres.registry import safety_texts
from havn.centres.safety_texts import fingerprint, words_of
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.common.language import spoken
from havn.tenancy.models import Centre, Service


@transaction.atomic
def save_week(
    *,
    actor: User,
    service: Service,
    settings: ChannelSettings,
    rules: list[OpeningRule],
    holds_from: dt.date | None = None,
) -> None:
    """Replace a channel's week, at once or from a day on; the hours before that day stay as they are.

    `rules` and `settings` come unsaved from the form. The settings hold at once. NotAllowed for other roles.
    """
    check_can_edit_hours(actor, service)
    channel = settings.channel
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    old = OpeningRule.objects.filter(service=service, channel=channel)
    if holds_from is None:
        old.delete()
    else:
        old.filter(valid_from__gte=holds_from).delete()
        ending = old.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=holds_from))
        ending.update(valid_to=holds_from - dt.timedelta(days=1))
    for rule in rules:
        rule.valid_from = holds_from
    OpeningRule.objects.bulk_create(rules)
    settings.save()
    _record(actor, service, "centres.hours.changed", channel)


@transaction.atomic
def add_exception(*, actor: User, exception: OpeningException) -> None:
    """Let dates differ from the week. `exception` comes unsaved from the form. NotAllowed for other roles."""
    check_can_edit_hours(actor, exception.service)
    exception.save()
    _record(actor, exception.service, "centres.exception.added", exception.channel)


@transaction.atomic
def remove_exception(*, actor: User, exception: OpeningException) -> None:
    """Let the week count again on the exception's dates. NotAllowed for other roles."""
    check_can_edit_hours(actor, exception.service)
    service, channel = exception.service, exception.channel
    exception.delete()
    _record(actor, service, "centres.exception.removed", channel)


@transaction.atomic
def approve_text(*, actor: User, actor_may: bool, centre: Centre, key: str, language: str, mark: str) -> None:
    """Say that a safety text is right in a language, in the words whose fingerprint is `mark`.

    `actor_may`: the actor holds the permission in one of the centre's organisations. Refused when the words have
    changed since the page was opened, or there is no such text.
    """
    if not actor_may:
        raise NotAllowed(_("Only a coordinator or an administrator may approve these texts."))
    known = key in safety_texts() and language in centre.languages
    if not known or fingerprint(words_of(key, spoken(language, centre.formal_in))) != mark:
        raise Refused(_("These words have changed since you opened the page. Read them again."))
    ApprovedText.objects.update_or_create(
        centre=centre,
        key=key,
        language=language,
        defaults={"fingerprint": mark, "approved_by": actor.name, "approver": actor, "approved_at": now()},
    )
    record(centre_id=centre.pk, actor_id=actor.pk, action=f"{TEXTS}.approved", subject=f"text:{key}", language=language)


def _record(actor: User, service: Service, action: str, channel: str) -> None:
    centre_id = service.organisation.centre_id
    record(centre_id=centre_id, actor_id=actor.pk, service_id=service.pk, action=action, channel=channel)
