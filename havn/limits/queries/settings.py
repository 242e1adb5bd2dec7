"""What a helpline decided about its limits and plans."""

from django.utils import translation
from django.utils.translation import gettext

from havn.common.once import once
from havn.limits.models import KindWord, LimitsSettings
from havn.limits.words import KIND_WORD
from havn.tenancy.models import Service


def settings_of(service_id: int) -> LimitsSettings:
    """The helpline's own, or the defaults (unsaved). Read once for a screen."""
    rows = LimitsSettings.objects.filter(pk=service_id)
    return once(("limits.settings", service_id), lambda: rows.first() or LimitsSettings(service_id=service_id))


def kind_word_in(service_id: int, language: str) -> str:
    """What the counsellor's press says in this language: the helpline's own sentence, else Havn's."""
    own = KindWord.objects.filter(service_id=service_id, language=language).values_list("text", flat=True).first()
    return own or havns_kind_word(language)


def havns_kind_word(language: str) -> str:
    """Havn's own kind word in a language."""
    with translation.override(language):
        return gettext(KIND_WORD)


def languages_of(service: Service) -> list[str]:
    """The languages in which a helpline may say it."""
    return list(dict.fromkeys([*service.languages, *service.organisation.centre.languages]))
