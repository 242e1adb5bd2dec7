"""What a helpline decided about its letters, and who is still new there."""

from havn.common.once import once
from havn.letterbox.models import LetterboxSettings, LettersAnswered
from havn.letterbox.rules.second_reading import is_needed, may_be_asked


def settings_of(service_id: int) -> LetterboxSettings:
    """The helpline's own, or the defaults (unsaved). Read once for a page."""
    return once(("letterbox.settings", service_id), lambda: _settings(service_id))


def _settings(service_id: int) -> LetterboxSettings:
    found = LetterboxSettings.objects.filter(pk=service_id).first()
    return found or LetterboxSettings(service_id=service_id)


def needs_second_reading(service_id: int, user_id: int) -> bool:
    """Whether this person's answers go only after a colleague has read them."""
    settings = settings_of(service_id)
    return is_needed(
        policy=settings.second_reading,
        answered=letters_answered(service_id, user_id),
        newcomer_letters=settings.newcomer_letters,
    )


def may_ask_second_reading(service_id: int) -> bool:
    """Whether second readings are known at this helpline."""
    return may_be_asked(settings_of(service_id).second_reading)


def letters_answered(service_id: int, user_id: int) -> int:
    """How many answers of this person have gone out here."""
    found = LettersAnswered.objects.filter(service_id=service_id, user_id=user_id)
    return found.values_list("letters", flat=True).first() or 0
