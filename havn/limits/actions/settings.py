"""What a coordinator decides: how slow, how long, what holds while nobody else leads, and the kind words."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.limits.models import KindWord, LimitsSettings
from havn.limits.permissions import check_can_manage
from havn.limits.queries.settings import havns_kind_word, languages_of, settings_of
from havn.limits.rules.ladder import PAUSE_HOURS, SLOW_SECONDS, Alone
from havn.limits.rules.plans import KEEP_DAYS
from havn.tenancy.models import Service

LONGEST_WORD = 600
_BETWEEN = {"slow_seconds": SLOW_SECONDS, "pause_hours": PAUSE_HOURS, "plan_days": KEEP_DAYS}


@transaction.atomic
def change_settings(*, actor: User, service: Service, values: Mapping[str, Any]) -> LimitsSettings:
    """Set the named settings. Refused outside of what the rules allow."""
    check_can_manage(actor, service)
    settings = settings_of(service.pk)
    for name, (least, most) in _BETWEEN.items():
        if name in values and not least <= int(values[name]) <= most:
            raise Refused(_("This number is too small or too large."))
    if values.get("alone", settings.alone) not in set(Alone):
        raise Refused(_("Choose one of the ways."))
    changed = [name for name, value in values.items() if getattr(settings, name) != value]
    for name in changed:
        setattr(settings, name, values[name])
    settings.save()
    if changed:
        told: dict[str, str | int] = {"alone": str(settings.alone)} if "alone" in changed else {}
        _note(actor, service, "limits.settings.changed", fields=len(changed), **told)
    return settings


@transaction.atomic
def save_kind_word(*, actor: User, service: Service, language: str, text: str) -> None:
    """The helpline's own kind word in a language. An empty one, or Havn's own, brings Havn's back."""
    check_can_manage(actor, service)
    if language not in languages_of(service):
        raise Refused(_("This helpline does not answer in that language."))
    words = text.strip()[:LONGEST_WORD]
    if not words or words == havns_kind_word(language):
        KindWord.objects.filter(service=service, language=language).delete()
    else:
        KindWord.objects.update_or_create(service=service, language=language, defaults={"text": words})
    _note(actor, service, "limits.kind_word.changed", language=language)


def _note(actor: User, service: Service, action: str, **codes: str | int) -> None:
    centre_id = service.organisation.centre_id
    audit.record(centre_id=centre_id, actor_id=actor.pk, service_id=service.pk, action=action, subject="", **codes)
