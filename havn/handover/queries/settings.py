"""What a helpline has decided about hand-overs and reports."""

from collections.abc import Sequence

from havn.handover.models import HandoverSettings


def settings_of(service_id: int) -> HandoverSettings:
    """The helpline's own settings, or the defaults (unsaved)."""
    found = HandoverSettings.objects.filter(pk=service_id).first()
    return found or HandoverSettings(service_id=service_id)


def keep_days_of(service_ids: Sequence[int]) -> dict[int, int]:
    """How many days each helpline keeps closed reports, in one query."""
    return _of_each(service_ids, "keep_report_days")


def remind_days_of(service_ids: Sequence[int]) -> dict[int, int]:
    """After how many days each helpline is reminded of an open report, in one query."""
    return _of_each(service_ids, "remind_days")


def _of_each(service_ids: Sequence[int], name: str) -> dict[int, int]:
    chosen = dict(HandoverSettings.objects.filter(pk__in=service_ids).values_list("pk", name))
    usual = getattr(HandoverSettings(), name)
    return {service_id: chosen.get(service_id, usual) for service_id in service_ids}
