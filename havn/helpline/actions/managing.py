"""What a coordinator changes: the helpline's clocks and seats, its ready answers and the pages it vouches for."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.telling import duty_changed
from havn.helpline.models import CannedAnswer, HelplineSettings, LinkForChildren
from havn.helpline.permissions import check_can_manage
from havn.tenancy.models import Service


@transaction.atomic
def change_settings(*, actor: User, service: Service, values: Mapping[str, Any]) -> HelplineSettings:
    """Set the named settings. Refused when they contradict each other."""
    check_can_manage(actor, service)
    settings = HelplineSettings.objects.filter(pk=service.pk).first() or HelplineSettings(service=service)
    changed = [name for name, value in values.items() if getattr(settings, name) != value]
    for name in changed:
        setattr(settings, name, values[name])
    if settings.seats_default > settings.seats_most:
        raise Refused(_("The usual number of seats can't be above the most."))
    if settings.silence_end_minutes <= settings.silence_ask_minutes:
        raise Refused(_("The end after silence must come later than the kind question."))
    if settings.lost_counsellor_offered_seconds <= settings.lost_counsellor_told_seconds:
        raise Refused(_("The child must be told before the talk is offered to others."))
    settings.save()
    if changed:
        duty_changed(service.pk)
        # How long talks are kept is a promise to children: the trail says what it was changed to.
        promised = {name: values[name] for name in changed if name in ("keep_days", "keep_unfinished_hours")}
        _trail(actor, service, "helpline.settings.changed", fields=len(changed), **promised)
    return settings


@transaction.atomic
def save_canned_answer(
    *, actor: User, service: Service, answer_id: int | None, language: str, title: str, text: str, tags: list[str]
) -> CannedAnswer:
    """Add a ready answer, or change the one with this id."""
    check_can_manage(actor, service)
    answer = CannedAnswer(service=service)
    if answer_id is not None:
        found = CannedAnswer.objects.filter(pk=answer_id, service=service).first()
        if found is None:
            raise Refused(_("This answer is no longer here."))
        answer = found
    answer.language, answer.title, answer.text, answer.tags = language, title, text, tags
    answer.save()
    _trail(actor, service, "helpline.answer.saved")
    return answer


@transaction.atomic
def remove_canned_answer(*, actor: User, service: Service, answer_id: int) -> None:
    """Remove a ready answer; talks in which it was used keep their words."""
    check_can_manage(actor, service)
    CannedAnswer.objects.filter(pk=answer_id, service=service).delete()
    _trail(actor, service, "helpline.answer.removed")


@transaction.atomic
def save_link(
    *, actor: User, service: Service, link_id: int | None, language: str, title: str, url: str
) -> LinkForChildren:
    """Add a page the helpline vouches for, or change the one with this id. Only https addresses."""
    check_can_manage(actor, service)
    if not url.startswith("https://"):
        raise Refused(_("The address must begin with https://."))
    link = LinkForChildren(service=service)
    if link_id is not None:
        found = LinkForChildren.objects.filter(pk=link_id, service=service).first()
        if found is None:
            raise Refused(_("This page is no longer on the list."))
        link = found
    link.language, link.title, link.url = language, title, url
    link.save()
    _trail(actor, service, "helpline.link.saved")
    return link


@transaction.atomic
def remove_link(*, actor: User, service: Service, link_id: int) -> None:
    """Take a page off the list."""
    check_can_manage(actor, service)
    LinkForChildren.objects.filter(pk=link_id, service=service).delete()
    _trail(actor, service, "helpline.link.removed")


def _trail(actor: User, service: Service, action: str, **codes: int) -> None:
    audit.record(
        centre_id=service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=service.pk,
        action=action,
        subject="",
        **codes,
    )
