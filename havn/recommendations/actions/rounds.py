"""Making and changing a round, and filling in the words of a recommendation that was only cited."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.errors import Refused
from havn.recommendations.models import Instrument, MonitoringRound, Recommendation
from havn.recommendations.permissions import check_can_prepare, check_is_secretariat
from havn.recommendations.rules.rounds import Dates
from havn.tenancy.models import Centre

DATA = Path(__file__).parent.parent / "data"
SHIPPED = "lanzarote-2"
WORDS = ("instrument_id", "name", "theme", "verbs", "statuses", "boxes")
"""What of a round is its words, and not its days."""


def shipped() -> dict[str, Any]:
    """The round that comes with Havn, as its file has it."""
    found: dict[str, Any] = json.loads((DATA / f"{SHIPPED}.json").read_text())
    return found


@transaction.atomic
def load_round(
    *, actor: User, centre: Centre, dates: Dates, others: str = MonitoringRound.Others.PARTY
) -> MonitoringRound:
    """Add the round that comes with Havn, with its days and who comments. Refused when it is here."""
    check_is_secretariat(actor, centre)
    data = shipped()
    if MonitoringRound.objects.filter(code=data["round"]["code"]).exists():
        raise Refused(_("This round is here already."))
    instrument, _made = Instrument.objects.get_or_create(
        code=data["instrument"]["code"], defaults={**data["instrument"]}
    )
    given = {**data["round"], "proves_from": dt.date.fromisoformat(data["round"]["proves_from"])}
    made = MonitoringRound.objects.create(instrument=instrument, others=others, **vars(dates), **given)
    _record(actor, centre, made, "recommendations.round.saved")
    return made


@transaction.atomic
def save_round(
    *, actor: User, centre: Centre, round: MonitoringRound, instrument: Instrument | None = None
) -> MonitoringRound:
    """Keep a round, new or changed; it comes unsaved from its form, and so does a new `instrument`.

    Its days change on any day. Refused for its words when it is not being prepared.
    """
    check_is_secretariat(actor, centre)
    stored = MonitoringRound.objects.select_for_update(of=("self",)).get(pk=round.pk) if round.pk else None
    if stored is not None and any(getattr(stored, name) != getattr(round, name) for name in WORDS):
        check_can_prepare(actor, centre, stored)
    if instrument is not None:
        if Instrument.objects.filter(code=instrument.code).exists():
            raise Refused(_("An instrument has this short name already. Choose it, or give the round another one."))
        instrument.save()
        round.instrument = instrument
    round.save()
    _record(actor, centre, round, "recommendations.round.saved")
    return round


@transaction.atomic
def save_recommendation(*, actor: User, centre: Centre, recommendation: Recommendation, verb: str, text: str) -> None:
    """Keep the words of a recommendation. Its id stays as it was cited."""
    check_can_prepare(actor, centre, recommendation.round)
    stored = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    stored.verb, stored.text = verb, text
    stored.save(update_fields=["verb", "text"])
    record(
        centre_id=centre.pk, actor_id=actor.pk, action="recommendations.recommendation.saved",
        subject=f"recommendation:{stored.pk}",
    )  # fmt: skip


def _record(actor: User, centre: Centre, round: MonitoringRound, action: str) -> None:
    record(centre_id=centre.pk, actor_id=actor.pk, action=action, subject=f"monitoring_round:{round.pk}")
