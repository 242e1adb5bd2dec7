"""Which of the form's words children do not find in a language."""

from havn.forms.rules.texts import texts_of
from havn.surveys.models import Wave


def missing_in(wave: Wave, language: str) -> tuple[int, int] | None:
    """(how many texts are missing, of how many) in a language; None where all are there."""
    raw = wave.form_version.definition
    texts = [one for one in texts_of(raw) if one.in_language(str(raw.get("language", "en")))]
    missing = sum(not one.in_language(language) for one in texts)
    return (missing, len(texts)) if missing else None
