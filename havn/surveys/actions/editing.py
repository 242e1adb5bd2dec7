"""Writing surveys and waves: drafts, and what makes a wave ready."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.surveys.models import Survey, Wave
from havn.surveys.permissions import check_can_run
from havn.surveys.queries.languages import missing_in
from havn.surveys.queries.surveys import definition_of, state_of
from havn.surveys.rules.fitness import MOST_SPLITS, faults_of, may_split
from havn.surveys.rules.states import State
from havn.surveys.words import lacking_words, unfit_words
from havn.tenancy.models import Centre

TEXTS = ("title", "for_whom", "why", "afterwards")
"""What a child must be able to read before the first question. What it says to adults is the centre's choice."""


@transaction.atomic
def save_survey(*, actor: User, survey: Survey) -> Survey:
    """Keep a survey, new or changed. Once a wave was made ready its address stays, and answers are kept no longer."""
    check_can_run(actor, survey.centre)
    Centre.objects.select_for_update(of=("self",)).get(pk=survey.centre_id)
    others = Survey.objects.filter(centre_id=survey.centre_id, slug=survey.slug).exclude(pk=survey.pk)
    if others.exists():
        raise Refused(_("Another survey has this address. Choose another one."))
    is_new = survey.pk is None
    if is_new:
        survey.made_at, survey.made_by = now(), actor
    else:
        before = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        was_ready = before.waves.filter(approved_at__isnull=False).exists()
        if was_ready and before.slug != survey.slug:
            raise Refused(_("The address stands on posters by now. It cannot be changed any more."))
        if was_ready and survey.keep_days > before.keep_days:
            raise Refused(_("Children were told how long answers are kept. Fewer days are possible, more are not."))
    survey.save()
    _record(actor, survey.centre_id, "surveys.made" if is_new else "surveys.changed", f"survey:{survey.pk}")
    return survey


@transaction.atomic
def delete_survey(*, actor: User, survey: Survey) -> None:
    """Throw away a survey of which no wave was ever ready."""
    check_can_run(actor, survey.centre)
    locked = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if locked.waves.filter(approved_at__isnull=False).exists():
        raise Refused(_("Children have been asked. Archive this survey instead."))
    _record(actor, locked.centre_id, "surveys.deleted", f"survey:{locked.pk}")
    locked.delete()


@transaction.atomic
def archive(*, actor: User, survey: Survey) -> None:
    """Put a survey away. Refused before children can read what happened with every wave that closed."""
    check_can_run(actor, survey.centre)
    locked = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    waves = list(locked.waves.filter(approved_at__isnull=False))
    if any(state_of(wave, now()) in (State.PLANNED, State.OPEN, State.CLOSED) for wave in waves):
        raise Refused(_("A wave is not over yet. Close it first, and wait until it is counted."))
    if any(wave.outcome_at is None for wave in waves):
        raise Refused(_("Write first what happened with the answers: children who answered want to know."))
    locked.archived_at = locked.archived_at or now()
    locked.save(update_fields=["archived_at"])
    _record(actor, locked.centre_id, "surveys.archived", f"survey:{locked.pk}")


@transaction.atomic
def save_wave(*, actor: User, wave: Wave) -> Wave:
    """Keep a wave that is a draft; a new one gets the next number. Refused for what is ready already."""
    check_can_run(actor, wave.survey.centre)
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=wave.survey_id)
    is_new = wave.pk is None
    if is_new:
        newest = survey.waves.order_by("-number").first()
        wave.number = newest.number + 1 if newest else 1
    else:
        _draft(wave)
    wave.save()
    _record(actor, survey.centre_id, "surveys.wave.made" if is_new else "surveys.wave.changed", _subject(wave))
    return wave


@transaction.atomic
def delete_wave(*, actor: User, wave: Wave) -> None:
    """Throw away a wave that is a draft."""
    check_can_run(actor, wave.survey.centre)
    locked = _draft(wave)
    _record(actor, wave.survey.centre_id, "surveys.wave.deleted", _subject(wave))
    locked.delete()


@transaction.atomic
def approve(*, actor: User, wave: Wave) -> Wave:
    """Make a wave ready: it opens on its day. Refused while form, texts or days are not fit for it."""
    check_can_run(actor, wave.survey.centre)
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=wave.survey_id)
    locked = _draft(wave)
    for why in why_not_ready(locked):
        raise Refused(why)
    others = survey.waves.filter(approved_at__isnull=False, counted_at=None)
    if others.filter(opens_at__lt=locked.closes_at, closes_at__gt=locked.opens_at).exists():
        raise Refused(_("Another wave of this survey is open in these days."))
    locked.approved_at, locked.approved_by = now(), actor
    locked.save(update_fields=["approved_at", "approved_by"])
    _record(actor, survey.centre_id, "surveys.wave.approved", _subject(locked))
    return locked


def why_not_ready(wave: Wave) -> list[str]:
    """Every reason why a draft cannot be made ready, as sentences."""
    survey, definition = wave.survey, definition_of(wave)
    found = [unfit_words(one, definition) for one in faults_of(definition)]
    first = survey.centre.default_language
    if any(not getattr(survey, name).get(first, "").strip() for name in TEXTS):
        found.append(_("Texts that children read before the first question are missing. Write them first."))
    if (missing := missing_in(wave, first)) is not None:
        found.append(lacking_words(first, *missing))
    splits = {one.key for one in may_split(definition)}
    if len(wave.split_by) > MOST_SPLITS or not set(wave.split_by) <= splits:
        found.append(_("Results cannot be split by these questions. Choose up to two that everybody is asked."))
    if wave.closes_at <= now():
        found.append(_("The last day is over already."))
    if survey.archived_at is not None:
        found.append(_("This survey is archived."))
    return found


def lacking_languages(wave: Wave) -> list[str]:
    """What children will read in another language than the rest of the page, as sentences. It stops nothing."""
    found = [(code, missing_in(wave, code)) for code in wave.survey.centre.languages[1:]]
    return [lacking_words(code, *missing) for code, missing in found if missing is not None]


def _draft(wave: Wave) -> Wave:
    wanted = Wave.objects.select_related("survey__centre", "form_version__form")
    locked = wanted.select_for_update(of=("self",)).get(pk=wave.pk)
    if locked.approved_at is not None:
        raise Refused(_("This wave is ready already. It cannot be changed any more."))
    return locked


def _subject(wave: Wave) -> str:
    return f"survey_wave:{wave.pk}"


def _record(actor: User, centre_id: int, action: str, subject: str) -> None:
    record(centre_id=centre_id, actor_id=actor.pk, action=action, subject=subject)
