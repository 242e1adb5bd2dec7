"""Taking the steps of the ladder, asking for them, deciding them, and lifting them early."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.clock import from_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline.actions.ending import finish, locked
from havn.helpline.actions.telling import tell
from havn.helpline.beside import check_may_end
from havn.helpline.models import Turn
from havn.helpline.retention.queries import today_in
from havn.helpline.sealing import seal_text
from havn.limits import words
from havn.limits.models import LiftedPause, Limit, StepCount
from havn.limits.permissions import check_can_ask, check_can_decide, check_can_lift
from havn.limits.queries.ladder import is_alone, standing_of
from havn.limits.queries.settings import kind_word_in, settings_of
from havn.limits.rules.ladder import Step, is_paused, needs_approval, pause_until_ms, why_not
from havn.limits.telling import limits_changed
from havn.live import api as live
from havn.live.models import Participant
from havn.vault.api import Keyring, KeyUnavailable

LONGEST_WORD = 300
WORD = "limits-word"


@transaction.atomic
def say_kind_word(*, actor: User, conversation_id: int, key: bytes, now_ms: int) -> None:
    """The first step, in one press: the helpline's kind word, in the talk's language, in the counsellor's name."""
    turn, limit = _locked(conversation_id)
    check_can_ask(actor, turn)
    _check(Step.KIND_WORD, turn, limit)
    part = Participant.objects.filter(conversation_id=turn.pk, user=actor, left_at_ms__isnull=True).first()
    live.append(
        conversation_id=turn.pk,
        key=key,
        author="staff",
        kind="text",
        text=kind_word_in(turn.service_id, turn.language),
        participant_id=part.pk if part else None,
        now_ms=now_ms,
    )
    if not limit.step:
        limit.step = Step.KIND_WORD
        limit.save()
    _note(actor, turn, Step.KIND_WORD, now_ms)


@transaction.atomic
def ask_step(*, actor: User, conversation_id: int, step: str, keyring: Keyring, now_ms: int) -> bool:
    """Ask for the next step; taken at once where the helpline lets it while nobody else leads. True when it was."""
    turn, limit = _locked(conversation_id)
    check_can_ask(actor, turn)
    if step == Step.KIND_WORD:
        raise Refused(words.refusal_words("order"))
    _check(step, turn, limit)
    limit.asked, limit.asked_by, limit.asked_at_ms, limit.declined = step, actor, now_ms, ""
    limit.word_nonce = limit.word_sealed = b""
    fall_back = settings_of(turn.service_id).alone
    taken = not needs_approval(step, alone=is_alone(turn.service_id, actor.pk, now_ms=now_ms), fall_back=fall_back)
    if taken:
        _take(turn, limit, _key(keyring, turn), now_ms)
        _note(actor, turn, step, now_ms)
    else:
        limit.save()
        limits_changed(turn.service_id)
    return taken


@transaction.atomic
def take_question_back(*, actor: User, conversation_id: int) -> None:
    """The counsellor asks for it no longer."""
    turn, limit = _locked(conversation_id)
    check_can_ask(actor, turn)
    if limit.asked:
        _unask(limit)
        limit.save()
        limits_changed(turn.service_id)


@transaction.atomic
def approve(*, actor: User, conversation_id: int, step: str, keyring: Keyring, now_ms: int) -> Turn:
    """Yes, by somebody else who leads. `step` is the one the screen showed; refused when it is another by now."""
    turn, limit = _locked(conversation_id)
    _check_asked(actor, turn, limit, step)
    asked = limit.asked
    limit.asked = ""
    _check(asked, turn, limit)
    limit.asked = asked
    limit.decided_by = actor
    _take(turn, limit, _key(keyring, turn), now_ms)
    _note(actor, turn, asked, now_ms)
    return turn


@transaction.atomic
def decline(*, actor: User, conversation_id: int, step: str, word: str, keyring: Keyring, now_ms: int) -> Turn:
    """No, with a word to the counsellor: sealed under the talk's key, so that only who reads the talk reads it."""
    turn, limit = _locked(conversation_id)
    _check_asked(actor, turn, limit, step)
    said = word.strip()[:LONGEST_WORD]
    if said:
        key = keyring.conversation_key(turn.pk)
        limit.word_nonce, limit.word_sealed = seal_text(said, conversation_id=turn.pk, field=WORD, key=key)
    limit.declined, limit.decided_by = limit.asked, actor
    _unask(limit)
    limit.save()
    _note(actor, turn, "declined", now_ms)
    return turn


@transaction.atomic
def lift(*, actor: User, conversation_id: int, keyring: Keyring, now_ms: int) -> Turn:
    """End slower or a pause before its time. Marks of browsers until the same moment hold no longer."""
    turn, limit = _locked(conversation_id)
    check_can_lift(actor, turn.service)
    if is_paused(step=limit.step, until_ms=limit.paused_until_ms, now_ms=now_ms):
        centre_id = turn.service.organisation.centre_id
        LiftedPause.objects.get_or_create(centre_id=centre_id, until_ms=limit.paused_until_ms or 0)
        limit.step, limit.paused_until_ms = "", None
    elif limit.slow_seconds is not None:
        limit.step, limit.slow_seconds = Step.KIND_WORD, None
        if turn.state == Turn.State.TALKING:
            tell(turn.pk, _key(keyring, turn), words.FASTER)
    else:
        raise Refused(_("There is no limit here any more."))
    limit.save()
    _note(actor, turn, "lifted", now_ms)
    return turn


def talk_finished(turn: Turn, now_ms: int) -> None:
    """A chat is over: what waits for a yes and what was slower is over with it; only a pause stands."""
    limit = Limit.objects.select_for_update(of=("self",)).filter(pk=turn.pk).first()
    if limit is None:
        return
    if limit.step != Step.PAUSE:
        limit.step, limit.declined = "", ""
    limit.slow_seconds = None
    _unask(limit)
    limit.save()
    limits_changed(turn.service_id)


def check_again(turn: Turn, now_ms: int) -> None:
    """Raises Refused while a pause stands; after it the ladder begins anew."""
    limit = Limit.objects.select_for_update(of=("self",)).filter(pk=turn.pk).first()
    if limit is None:
        return
    if is_paused(step=limit.step, until_ms=limit.paused_until_ms, now_ms=now_ms):
        raise Refused(_("The chat has a break now. You can write a letter any time."))
    limit.step, limit.paused_until_ms, limit.declined = "", None, ""
    limit.save()


def forget_pauses(centre_id: int, now_ms: int) -> None:
    """Drop the marks of pauses that are over. For the nightly purge; it may run twice."""
    LiftedPause.objects.filter(centre_id=centre_id, until_ms__lte=now_ms).delete()
    over = Limit.objects.filter(service__organisation__centre_id=centre_id, paused_until_ms__lte=now_ms)
    over.update(step="", paused_until_ms=None)


def _take(turn: Turn, limit: Limit, key: bytes | None, now_ms: int) -> None:
    settings, step = settings_of(turn.service_id), limit.asked
    _unask(limit)
    limit.step = step
    if step == Step.SLOWER:
        limit.slow_seconds = settings.slow_seconds
        limit.save()
        tell(turn.pk, key, words.SLOWER, seconds=settings.slow_seconds)
        return
    check_may_end(turn)
    limit.slow_seconds = None
    limit.paused_until_ms = pause_until_ms(now_ms=now_ms, hours=settings.pause_hours)
    limit.save()
    finish(turn, by=Turn.EndedBy.COUNSELLOR, key=key, now_ms=now_ms, tell_code=words.PAUSED)


def _locked(conversation_id: int) -> tuple[Turn, Limit]:
    """The chat and where it stands, both rows locked. The talk's first: everybody locks in this order."""
    turn = locked(conversation_id)
    limit = Limit.objects.select_for_update(of=("self",)).filter(pk=turn.pk).first()
    return turn, limit or Limit(pk=turn.pk, service_id=turn.service_id)


def _check(step: str, turn: Turn, limit: Limit) -> None:
    if why := why_not(step, standing_of(turn, limit)):
        raise Refused(words.refusal_words(why))


def _check_asked(actor: User, turn: Turn, limit: Limit, step: str) -> None:
    check_can_lift(actor, turn.service)
    if not limit.asked or limit.asked != step:
        raise Refused(_("Nobody asks for this step any more."))
    check_can_decide(actor, turn, limit)


def _unask(limit: Limit) -> None:
    limit.asked, limit.asked_by, limit.asked_at_ms = "", None, None


def _key(keyring: Keyring, turn: Turn) -> bytes | None:
    """The talk's key, or None for somebody who decides and cannot read: then only a code is stored."""
    try:
        return keyring.conversation_key(turn.pk)
    except (KeyUnavailable, NotAllowed):
        return None


def _note(actor: User, turn: Turn, step: str, now_ms: int) -> None:
    """Count the step and put it on the trail: at which helpline, never in which chat."""
    month = today_in(turn.service.organisation.centre, from_ms(now_ms)).replace(day=1)
    row, _new = StepCount.objects.get_or_create(service_id=turn.service_id, month=month, step=step)
    StepCount.objects.filter(pk=row.pk).update(number=F("number") + 1)
    limits_changed(turn.service_id)
    audit.record(
        centre_id=turn.service.organisation.centre_id,
        actor_id=actor.pk,
        service_id=turn.service_id,
        action="limits.step",
        step=str(step),
    )
