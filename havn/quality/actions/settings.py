"""What a coordinator decides: what counts as hard, pauses, clocks, how many talks are drawn, and the criteria."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import now
from havn.common.errors import Refused
from havn.common.ids import random_id
from havn.quality.models import CriteriaVersion, QualitySettings
from havn.quality.permissions import check_can_manage
from havn.quality.queries.criteria import criteria_now
from havn.quality.rules.criteria import Criterion, why_not
from havn.quality.rules.load import KEEP_WEEKS
from havn.quality.rules.sample import ALL, MOST, PERSON
from havn.tenancy.models import Service

# Between these a helpline chooses.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "pause_after_talks": (0, 10),
    "pause_after_minutes": (0, 480),
    "pause_minutes": (5, 60),
    "much_talks": (2, 50),
    "keep_weeks": KEEP_WEEKS,
    "least_people": (3, 20),
    "sample_count": (0, MOST),
}


@transaction.atomic
def save_settings(*, actor: User, service: Service, values: Mapping[str, Any], reasons: Sequence[str]) -> None:
    """Keep what was chosen. `reasons` are codes of the helpline's reasons that are hard whatever the risk."""
    check_can_manage(actor, service)
    numbers = {name: int(values[name]) for name in BOUNDS}
    for name, (low, high) in BOUNDS.items():
        if not low <= numbers[name] <= high:
            raise Refused(_("One of the numbers is too small or too large."))
    if values["sample_each"] not in (ALL, PERSON):
        raise Refused(_("Choose how talks are drawn."))
    chosen = {**numbers, "sample_each": values["sample_each"], "hard_reasons": list(dict.fromkeys(reasons))}
    QualitySettings.objects.update_or_create(pk=service.pk, defaults=chosen)
    _tell(actor, service, "quality.settings.changed", **numbers, sample_each=str(values["sample_each"]))


@transaction.atomic
def save_criteria(*, actor: User, service: Service, seen: int, criteria: Sequence[Criterion]) -> int:
    """Make the next version of the helpline's criteria, and give its number; what is scored by an older one stays so.

    `seen` is the number of the version that was changed: Refused when somebody has made another meanwhile.
    """
    check_can_manage(actor, service)
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    number, before = criteria_now(service.pk)
    if number != seen:
        raise Refused(_("Somebody else has changed the criteria in the meantime. Look at them again."))
    if why := why_not(criteria):
        raise Refused(_why(why))
    if list(criteria) == before:
        return number
    CriteriaVersion.objects.create(
        service=service, number=number + 1, rows=[one.as_row() for one in criteria], made_by=actor, made_at=now()
    )
    _tell(actor, service, "quality.criteria.changed", version=number + 1)
    return number + 1


def new_code() -> str:
    """The code of a criterion that a helpline adds: scores are counted by it, its text may change."""
    return f"own-{random_id():x}"


def _why(why: str) -> str:
    match why:
        case "none":
            return _("Leave at least one criterion.")
        case "many":
            return _("At most 20 criteria: a review should take minutes.")
        case "long":
            return _("A criterion has at most 300 characters.")
    return _("Each criterion needs a text and a scale.")


def _tell(actor: User, service: Service, action: str, **codes: str | int) -> None:
    centre_id = service.organisation.centre_id
    audit.record(centre_id=centre_id, actor_id=actor.pk, service_id=service.pk, action=action, subject="", **codes)
