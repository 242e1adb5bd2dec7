"""What a coordinator decides: days and minutes, the model of identity with its basis, the criteria of risk."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.centres.safety_texts import ENGLISH, approved_keys
from havn.common.clock import now
from havn.common.errors import Refused
from havn.helpline.rules.record import RISKS
from havn.supervision.identity_texts import TEXTS, key_of
from havn.supervision.models import RiskCriteria, SupervisionSettings
from havn.supervision.permissions import check_can_manage
from havn.supervision.queries.settings import supervision_of
from havn.supervision.rules.identity import BLIND, why_not
from havn.supervision.rules.notes import KEEP_DAYS
from havn.tenancy.models import Service

SECOND_PERSON_MINUTES = (1, 60)


@transaction.atomic
def save_supervision(*, actor: User, service: Service, note_days: int, second_person_minutes: int) -> None:
    """How long notes to the next shift stay, and how soon a second person has to come."""
    check_can_manage(actor, service)
    if not KEEP_DAYS[0] <= note_days <= KEEP_DAYS[1]:
        raise Refused(_("Notes are kept between 1 and 31 days."))
    if not SECOND_PERSON_MINUTES[0] <= second_person_minutes <= SECOND_PERSON_MINUTES[1]:
        raise Refused(_("A second person comes within 1 to 60 minutes."))
    SupervisionSettings.objects.update_or_create(
        pk=service.pk, defaults={"note_days": note_days, "second_person_minutes": second_person_minutes}
    )
    _tell(
        actor, service, "supervision.settings.changed", note_days=note_days, second_person_minutes=second_person_minutes
    )


@transaction.atomic
def choose_identity(
    *, actor: User, service: Service, model: str, basis: str, basis_on: dt.date | None, today: dt.date
) -> None:
    """How much may be found out of who a child is. Anything but "blind" needs its basis in writing, its date, and the
    texts that tell a child of it approved in every language of the centre."""
    check_can_manage(actor, service)
    lacking = texts_to_approve(service, model)
    said = why_not(model=model, basis=basis, basis_on=basis_on, today=today, texts_approved=not lacking)
    if said is not None:
        raise Refused(_why(said, len(lacking)))
    kept = supervision_of(service.pk)
    before, blind = kept.identity, model == BLIND
    kept.identity = model
    kept.basis, kept.basis_on = ("", None) if blind else (basis.strip()[:2000], basis_on)
    kept.decided_by, kept.decided_at = actor, now()
    kept.save()
    _tell(actor, service, "supervision.identity.chosen", model=model, before=before)


def texts_to_approve(service: Service, model: str) -> list[tuple[str, str]]:
    """(language, key) of each text of the model that nobody at the centre has approved yet."""
    centre = service.organisation.centre
    lacking = []
    for language in centre.languages:
        if language == ENGLISH:
            continue
        approved = approved_keys(centre, language)
        keys = [key_of(key, model) for key in TEXTS.get(model, {})]
        lacking += [(language, key) for key in keys if key not in approved]
    return lacking


@transaction.atomic
def save_criteria(*, actor: User, service: Service, language: str, texts: dict[str, str]) -> None:
    """The helpline's own words on the levels of risk in a language. An empty one brings Havn's own back."""
    check_can_manage(actor, service)
    if language not in {*service.languages, *service.organisation.centre.languages}:
        raise Refused(_("This helpline does not answer in that language."))
    for level in RISKS:
        words = texts.get(level, "").strip()[:1200]
        own = RiskCriteria.objects.filter(service=service, language=language, level=level)
        if words:
            RiskCriteria.objects.update_or_create(
                service=service, language=language, level=level, defaults={"text": words}
            )
        else:
            own.delete()
    _tell(actor, service, "supervision.criteria.changed", language=language)


def _why(said: str, lacking: int) -> str:
    match said:
        case "basis":
            return _("Write down the basis: which law, decision or agreement allows it. At least 40 characters.")
        case "date":
            return _("Give the date of that law, decision or agreement.")
        case "future":
            return _("The basis has to be there already: its date is in the future.")
        case "texts":
            words = _("%(count)s texts that tell children of it are not approved yet. Approve them first.")
            return words % {"count": lacking}
    return _("Choose one of the models.")


def _tell(actor: User, service: Service, action: str, **codes: str | int) -> None:
    centre_id = service.organisation.centre_id
    audit.record(centre_id=centre_id, actor_id=actor.pk, service_id=service.pk, action=action, subject="", **codes)
