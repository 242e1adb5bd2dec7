"""After the closing: mix the answers, count them once, and keep what may be shown."""

from django.db import transaction

from havn.audit.api import record
from havn.common.clock import now
from havn.surveys.actions.mixing import mix, rewrite_tables
from havn.surveys.models import Wave
from havn.surveys.queries.rows import rows_of
from havn.surveys.queries.surveys import definition_of, times_of
from havn.surveys.rules.results import results_of
from havn.surveys.rules.states import may_be_counted


def waves_to_count() -> list[Wave]:
    """Closed waves in which nothing can come in any more."""
    moment = now()
    closed = Wave.objects.filter(approved_at__isnull=False, counted_at=None, closes_at__lte=moment)
    waves = closed.select_related("survey__centre", "form_version__form")
    return [wave for wave in waves if may_be_counted(times_of(wave), moment)]


def count(wave: Wave) -> None:
    """Mix and count one wave. The counting locks nothing; a second run changes nothing."""
    mix(wave)
    rewrite_tables()
    definition = definition_of(wave)
    results = results_of(definition, wave.split_by, rows_of(wave, definition))
    with transaction.atomic():
        if Wave.objects.filter(pk=wave.pk, counted_at=None).update(results=results, counted_at=now()):
            record(centre_id=wave.survey.centre_id, action="surveys.wave.counted", subject=f"survey_wave:{wave.pk}")
