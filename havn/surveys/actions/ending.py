"""Closing a wave, telling children what came of it, and publishing results."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.surveys.models import Wave
from havn.surveys.permissions import check_can_run
from havn.surveys.queries.surveys import state_of
from havn.surveys.rules.states import State


@transaction.atomic
def close_now(*, actor: User, wave: Wave) -> None:
    """Close before the day. Whoever is answering has an hour left; then it is counted."""
    locked = _locked(actor, wave)
    match state_of(locked, now()):
        case State.OPEN:
            locked.closes_at = now()
        case State.PLANNED:
            raise Refused(_("This wave is not open yet. Take it back instead."))
        case _other:
            raise Refused(_("This wave is not open."))
    locked.save(update_fields=["closes_at"])
    _record(actor, locked, "surveys.wave.closed")


@transaction.atomic
def take_back(*, actor: User, wave: Wave) -> None:
    """Make a wave a draft again that has not opened yet."""
    locked = _locked(actor, wave)
    if state_of(locked, now()) is not State.PLANNED:
        raise Refused(_("Children may have answered already. It cannot be taken back."))
    locked.approved_at = locked.approved_by = None
    locked.save(update_fields=["approved_at", "approved_by"])
    _record(actor, locked, "surveys.wave.taken_back")


@transaction.atomic
def write_outcome(*, actor: User, wave: Wave, outcome: Mapping[str, str]) -> None:
    """Say what happened with the answers. Refused while the wave is open or being counted."""
    locked = _locked(actor, wave)
    if state_of(locked, now()) not in (State.COUNTED, State.PUBLISHED):
        raise Refused(_("Wait until the answers are counted. Then say what happened with them."))
    told = {code: text.strip() for code, text in outcome.items() if text.strip()}
    if not told.get(locked.survey.centre.default_language):
        raise Refused(_("Write it in the centre's first language at least."))
    locked.outcome, locked.outcome_at = told, locked.outcome_at or now()
    locked.save(update_fields=["outcome", "outcome_at"])
    _record(actor, locked, "surveys.wave.outcome")


@transaction.atomic
def publish(*, actor: User, wave: Wave) -> None:
    """Let everybody read the results, as they were counted and masked."""
    locked = _locked(actor, wave)
    if state_of(locked, now()) is not State.COUNTED:
        raise Refused(_("There are no results to publish, or they are published already."))
    locked.published_at = now()
    locked.save(update_fields=["published_at"])
    _record(actor, locked, "surveys.wave.published")


def _locked(actor: User, wave: Wave) -> Wave:
    check_can_run(actor, wave.survey.centre)
    found = Wave.objects.select_related("survey__centre", "form_version__form")
    return found.select_for_update(of=("self",)).get(pk=wave.pk)


def _record(actor: User, wave: Wave, action: str) -> None:
    record(centre_id=wave.survey.centre_id, actor_id=actor.pk, action=action, subject=f"survey_wave:{wave.pk}")
