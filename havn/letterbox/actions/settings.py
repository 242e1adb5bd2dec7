"""What a coordinator decides about the letters of a helpline."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.helpline.actions.telling import queue_changed
from havn.letterbox.models import LetterboxSettings
from havn.letterbox.permissions import check_can_manage
from havn.letterbox.queries.settings import settings_of
from havn.tenancy.models import Service


@transaction.atomic
def change_settings(*, actor: User, service: Service, values: Mapping[str, Any]) -> LetterboxSettings:
    """Set the named settings. Refused when the alarm would come before the aim."""
    check_can_manage(actor, service)
    settings = settings_of(service.pk)
    changed = [name for name, value in values.items() if getattr(settings, name) != value]
    for name in changed:
        setattr(settings, name, values[name])
    if settings.alarm_hours <= settings.aim_hours:
        raise Refused(_("The alarm must come later than the aim."))
    settings.save()
    if changed:
        queue_changed(service.pk)
        # Who reads an answer before it goes is a promise to children: the trail says what it was changed to.
        told = {"second_reading": values["second_reading"]} if "second_reading" in changed else {}
        audit.record(
            centre_id=service.organisation.centre_id,
            actor_id=actor.pk,
            service_id=service.pk,
            action="letterbox.settings.changed",
            fields=len(changed),
            **told,
        )
    return settings
