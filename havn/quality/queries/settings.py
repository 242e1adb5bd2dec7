"""What a helpline has decided about care and review."""

import datetime as dt
from zoneinfo import ZoneInfo

from havn.common.clock import from_ms
from havn.quality.models import QualitySettings
from havn.quality.rules.load import with_followers
from havn.tenancy.models import Service
from havn.vocabularies.api import links


def quality_of(service_id: int) -> QualitySettings:
    """The helpline's own settings, or the defaults (unsaved)."""
    return QualitySettings.objects.filter(pk=service_id).first() or QualitySettings(service_id=service_id)


def draws_talks(centre_id: int) -> bool:
    """Whether any helpline of the centre draws talks for review."""
    return QualitySettings.objects.filter(service__organisation__centre_id=centre_id, sample_count__gt=0).exists()


def hard_reasons_of(service: Service) -> set[str]:
    """Codes of reasons that are hard whatever the risk, with what took over for those that are retired since."""
    followed_by = links("reason", centre_id=service.organisation.centre_id)
    return with_followers(quality_of(service.pk).hard_reasons, followed_by)


def day_at(service: Service, now_ms: int) -> dt.date:
    """The day of a moment on the calendar of the helpline's centre."""
    return from_ms(now_ms).astimezone(ZoneInfo(service.organisation.centre.time_zone)).date()
