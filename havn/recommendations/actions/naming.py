"""Saying beforehand who is responsible for a chapter, whom to ask instead, and who validates."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.errors import NotAllowed, Refused
from havn.recommendations.models import Factsheet, FollowUp, SheetChapter
from havn.recommendations.permissions import check_can_name, validators_in, who_validates
from havn.recommendations.rules.states import VALIDATED


@transaction.atomic
def name_for_chapter(
    *, actor: User, part: SheetChapter, today: dt.date, responsible: User | None, alternate: User | None,
    validator: User | None,
) -> SheetChapter:  # fmt: skip
    """Name people for all follow-up of a chapter that names nobody itself."""
    check_can_name(actor, part.factsheet, today)
    check_named(part.factsheet, responsible, alternate, validator)
    stored = SheetChapter.objects.select_for_update(of=("self",)).get(pk=part.pk)
    stored.responsible, stored.alternate, stored.validator = responsible, alternate, validator
    stored.save(update_fields=["responsible", "alternate", "validator"])
    _record(actor, part.factsheet, "recommendations.chapter.named", f"sheet_chapter:{part.pk}")
    return stored


@transaction.atomic
def name_validator(*, actor: User, follow_up: FollowUp, today: dt.date, validator: User | None) -> FollowUp:
    """Name another validator, also while it waits. Refused for who wrote a version, and for what is validated."""
    check_can_name(actor, follow_up.factsheet, today)
    stored = FollowUp.objects.select_for_update(of=("self",)).select_related("factsheet__party").get(pk=follow_up.pk)
    if stored.state == VALIDATED:
        raise Refused(_("This follow-up is validated already."))
    check_named(stored.factsheet, None, None, validator)
    stored.validator = validator
    if validator is not None and validator.pk not in who_validates(stored):
        raise Refused(_("Who wrote it cannot validate it. Name somebody else."))
    stored.save(update_fields=["validator"])
    _record(actor, stored.factsheet, "recommendations.follow_up.validator_named", f"follow_up:{stored.pk}")
    return stored


def check_named(
    factsheet: Factsheet, responsible: User | None, alternate: User | None, validator: User | None
) -> None:  # fmt: skip
    """Raise NotAllowed for people of elsewhere, and for a validator who does not validate for this Party."""
    for person in (responsible, alternate):
        if person is not None and not person.memberships.filter(organisation__centre=factsheet.party_id).exists():
            raise NotAllowed(_("Whoever is responsible belongs to the Party's own centre."))
    if validator is not None and validator.pk not in validators_in(factsheet.party):
        raise NotAllowed(_("Only a coordinator or data officer of the Party can be named to validate."))


def _record(actor: User, factsheet: Factsheet, action: str, subject: str) -> None:
    record(centre_id=factsheet.party_id, actor_id=actor.pk, action=action, subject=subject)
