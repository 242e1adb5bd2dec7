"""Observations: write one, confirm another centre's, take one's own back."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre
from havn.trends.models import Confirmation, Observation
from havn.trends.permissions import check_in_group
from havn.trends.queries.warning import monday_of
from havn.vocabularies.api import every_code

LONGEST, LONGEST_WORDS, MOST_REASONS = 600, 300, 5


@transaction.atomic
def observe(
    *, actor: User, centre: Centre, week: dt.date, text: str, reasons: Sequence[str], language: str
) -> Observation:
    """Keep an observation of this centre's helpline. Refused for an empty or too long text, a day to come or an
    unknown reason."""
    check_in_group(actor, centre)
    if centre.kind != Centre.Kind.NATIONAL:
        raise Refused(_("Observations come from helplines: write it at the helpline's own centre."))
    if not text.strip() or len(text) > LONGEST:
        raise Refused(_("An observation has one to %(most)s characters.") % {"most": LONGEST})
    if monday_of(week) > now().date():
        raise Refused(_("This week has not begun yet."))
    if not reasons or len(reasons) > MOST_REASONS or not set(reasons) <= every_code("reason"):
        raise Refused(_("Choose one to %(most)s reasons of the list.") % {"most": MOST_REASONS})
    made = Observation.objects.create(
        centre=centre, week=monday_of(week), text=text.strip(), reasons=list(reasons), language=language,
        made_by=actor, made_at=now(),
    )  # fmt: skip
    _note(actor, centre, made, "trends.observation.made")
    return made


@transaction.atomic
def confirm(*, actor: User, centre: Centre, observation: Observation, words: str) -> None:
    """A second helpline sees the same. Refused at the centre that made it, twice, and for a closed one."""
    check_in_group(actor, centre)
    stored = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if centre.kind != Centre.Kind.NATIONAL:
        raise Refused(_("Observations come from helplines: confirm it at the helpline's own centre."))
    if stored.centre_id == centre.pk:
        raise Refused(_("Another centre's helpline confirms an observation."))
    if stored.closed_at is not None:
        raise Refused(_("The group has closed this observation."))
    if len(words) > LONGEST_WORDS:
        raise Refused(_("At most %(most)s characters.") % {"most": LONGEST_WORDS})
    if Confirmation.objects.filter(observation=stored, centre=centre).exists():
        raise Refused(_("Your centre has confirmed this observation already."))
    Confirmation.objects.create(observation=stored, centre=centre, words=words.strip(), made_by=actor, made_at=now())
    _note(actor, centre, stored, "trends.observation.confirmed")


@transaction.atomic
def take_back(*, actor: User, centre: Centre, observation: Observation) -> None:
    """Destroy an observation of one's own centre. Refused once it stands on an agenda."""
    check_in_group(actor, centre)
    stored = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if stored.centre_id != centre.pk:
        raise NotAllowed(_("Only the centre that made an observation takes it back."))
    if stored.points.exists():
        raise Refused(_("This observation stands on an agenda. The group can close it."))
    _note(actor, centre, stored, "trends.observation.back")
    stored.delete()


def _note(actor: User, centre: Centre, observation: Observation, action: str) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=action, subject=f"observation:{observation.pk}")
