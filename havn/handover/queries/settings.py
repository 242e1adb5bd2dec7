"""What a helpline has decided about hand-overs and reports."""

from havn.handover.models import HandoverSettings


def settings_of(service_id: int) -> HandoverSettings:
    """The helpline's own settings, or the defaults (unsaved)."""
    found = HandoverSettings.objects.filter(pk=service_id).first()
    return found or HandoverSettings(service_id=service_id)
