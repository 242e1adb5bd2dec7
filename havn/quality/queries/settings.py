"""What a helpline has decided about care and review."""

import datetime as dt
from zoneinfo import ZoneInfo

from havn.common.clock import from_ms
from havn.quality.models import QualitySettings
from havn.tenancy.models import Service


def quality_of(service_id: int) -> QualitySettings:
    """The helpline's own settings, or the defaults (unsaved)."""
    return QualitySettings.objects.filter(pk=service_id).first() or QualitySettings(service_id=service_id)


def day_at(service: Service, now_ms: int) -> dt.date:
    """The day of a moment on the calendar of the helpline's centre."""
    return from_ms(now_ms).astimezone(ZoneInfo(service.organisation.centre.time_zone)).date()
