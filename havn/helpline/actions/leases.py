"""The dead-man rule's writes: leases renewed, lost counsellors told of, their talks offered, and taken up again.

Every step claims its row by an UPDATE that names the state it expects, so that several processes may sweep at once.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from havn.accounts.api import has_role
from havn.helpline import words
from havn.helpline.actions.duty import close_duties, lock_queue, offer_to_others
from havn.helpline.actions.ending import locked
from havn.helpline.actions.telling import duty_changed, queue_changed, tell
from havn.helpline.models import Duty, HelplineSettings, Turn
from havn.helpline.queries.closing import on_duty_now
from havn.helpline.queries.duty import settings_of
from havn.helpline.rules import duty as rules
from havn.helpline.rules.roles import WORKS


def renew(user_ids: Iterable[int], now_ms: int) -> None:
    """The desks of these people answered: one batched UPDATE per helpline's lease length.

    The minute of a start, or of a fresh duty, ends with the first answer: from then on silence is noticed in time.
    """
    ids = list(user_ids)
    if not ids:
        return
    lengths = dict(HelplineSettings.objects.values_list("service_id", "lost_counsellor_told_seconds"))
    open_here = Duty.objects.filter(user_id__in=ids, ended_at_ms__isnull=True)
    services = set(open_here.values_list("service_id", flat=True))
    default = HelplineSettings().lost_counsellor_told_seconds
    for told in {lengths.get(service_id, default) for service_id in services}:
        until = now_ms + rules.lease_ms(told)
        here = [service_id for service_id in services if lengths.get(service_id, default) == told]
        open_here.filter(service_id__in=here).update(alive_until_ms=until)


def seen(user_id: int, now_ms: int) -> None:
    """Somebody works on a screen without the desk's stream: their duty is not forgotten, and nothing more.

    The lease stays at its end, so that a child in a chat is still told when the desk itself is lost.
    """
    Duty.objects.filter(user_id=user_id, ended_at_ms__isnull=True, alive_until_ms__lt=now_ms).update(
        alive_until_ms=now_ms
    )


def grace(now_ms: int) -> None:
    """At start-up: nobody is lost for having been unable to answer us. Who was lost before stays lost."""
    lost = Turn.objects.filter(
        counsellor_id=OuterRef("user_id"), service_id=OuterRef("service_id"), counsellor_lost_at_ms__isnull=False
    )
    until = now_ms + rules.STARTUP_GRACE_MS
    Duty.objects.filter(ended_at_ms__isnull=True, alive_until_ms__lt=until).exclude(Exists(lost)).update(
        alive_until_ms=until
    )


def locked_or_open(user_id: int, is_locked: bool, at_ms: int) -> None:
    """The idle lock closed or opened the person's desk (a hook of accounts, in its transaction)."""
    mine = Duty.objects.filter(user_id=user_id, ended_at_ms__isnull=True)
    changed = mine.filter(locked_at_ms__isnull=is_locked).update(
        locked_at_ms=at_ms if is_locked else None,
    )
    if changed:
        for service_id in mine.values_list("service_id", flat=True):
            duty_changed(service_id)


def sweep_lost(now_ms: int) -> None:
    """Mark talks whose counsellor is away and tell the child; mark those back; offer what waited long enough."""
    there = Duty.objects.filter(
        user_id=OuterRef("counsellor_id"),
        service_id=OuterRef("service_id"),
        ended_at_ms__isnull=True,
        alive_until_ms__gt=now_ms,
        locked_at_ms__isnull=True,
    )
    talks = Turn.objects.filter(state=Turn.State.TALKING, channel=Turn.Channel.CHAT).annotate(there=Exists(there))
    for pk in talks.filter(there=False, counsellor_lost_at_ms__isnull=True).values_list("pk", flat=True):
        _mark_lost(pk, now_ms)
    for pk in talks.filter(there=True, counsellor_lost_at_ms__isnull=False).values_list("pk", flat=True):
        _mark_back(pk, now_ms)
    for pk in talks.filter(there=False, counsellor_lost_at_ms__isnull=False, returned_at_ms__isnull=True).values_list(
        "pk", flat=True
    ):
        _offer(pk, now_ms)


def sweep_forgotten(now_ms: int) -> None:
    """End duties whose lease has been dead for long, and offer their talks if that has not happened yet."""
    dead = Duty.objects.filter(ended_at_ms__isnull=True, alive_until_ms__lt=now_ms - rules.FORGOTTEN_AFTER_MS)
    for service_id, user_id in dead.values_list("service_id", "user_id"):
        with transaction.atomic():
            lock_queue(service_id)
            close_duties(service_id=service_id, user_id=user_id, now_ms=now_ms)


def sweep_pauses(now_ms: int) -> None:
    """End the pauses whose minutes are over: desk, wall and waits are drawn anew."""
    over = Duty.objects.filter(ended_at_ms__isnull=True, pause_until_ms__lte=now_ms)
    for pk, service_id in list(over.values_list("pk", "service_id")):
        with transaction.atomic():
            if Duty.objects.filter(pk=pk, pause_until_ms__lte=now_ms).update(pause_until_ms=None):
                duty_changed(service_id)


def sweep_staffing(now_ms: int) -> None:
    """Note since when a helpline has fewer on duty than its opening rule asks, and forget it when it has enough."""
    for settings in HelplineSettings.objects.filter(needs_staff=True):
        enough = on_duty_now(settings.service_id, now_ms, None).enough
        with transaction.atomic():
            queue = lock_queue(settings.service_id)
            if enough == (queue.below_since_ms is None):
                continue
            queue.below_since_ms = None if enough else now_ms
            queue.save(update_fields=["below_since_ms"])
            duty_changed(settings.service_id)


def end_duties_of(*, user_id: int, organisation_id: int, now_ms: int) -> None:
    """Somebody left the organisation (a hook of accounts): their duties end and their talks go to others at once."""
    duties = Duty.objects.filter(
        user_id=user_id, service__organisation_id=organisation_id, ended_at_ms__isnull=True
    ).values_list("service_id", flat=True)
    for service_id in list(duties):
        lock_queue(service_id)
        talks = Turn.objects.select_for_update(of=("self",)).filter(
            service_id=service_id, counsellor_id=user_id, state=Turn.State.TALKING, channel=Turn.Channel.CHAT
        )
        for turn in talks:
            offer_to_others(turn, now_ms=now_ms, name="")
        close_duties(service_id=service_id, user_id=user_id, now_ms=now_ms)


def end_duties_without_role(*, user_id: int, now_ms: int) -> None:
    """Somebody's roles changed (a hook of accounts): where none lets them work any more, duties and talks go on
    without them, however alive their desk is."""
    duties = Duty.objects.filter(user_id=user_id, ended_at_ms__isnull=True).select_related("service")
    lost = {duty.service.organisation_id for duty in duties if not has_role(user_id, duty.service, *WORKS)}
    for organisation_id in sorted(lost):
        end_duties_of(user_id=user_id, organisation_id=organisation_id, now_ms=now_ms)


def _duty_of(turn: Turn) -> Duty | None:
    return Duty.objects.filter(service_id=turn.service_id, user_id=turn.counsellor_id, ended_at_ms__isnull=True).first()


@transaction.atomic
def _mark_lost(conversation_id: int, now_ms: int) -> None:
    turn = locked(conversation_id)
    if turn.state != Turn.State.TALKING or turn.counsellor_lost_at_ms is not None or turn.counsellor is None:
        return
    duty = _duty_of(turn)
    told = settings_of(turn.service_id).lost_counsellor_told_seconds
    since: int | None = now_ms
    if duty is not None:
        since = rules.lost_since(
            alive_until_ms=duty.alive_until_ms, locked_at_ms=duty.locked_at_ms, told_seconds=told, now_ms=now_ms
        )
    if since is None:
        return
    Turn.objects.filter(pk=turn.pk).update(counsellor_lost_at_ms=since)
    why = "locked" if duty is not None and duty.locked_at_ms is not None else "lost"
    tell(turn.pk, None, words.COUNSELLOR_AWAY, name=turn.counsellor.shown_name, why=why)
    duty_changed(turn.service_id)


@transaction.atomic
def _mark_back(conversation_id: int, now_ms: int) -> None:
    turn = locked(conversation_id)
    if turn.state != Turn.State.TALKING or turn.counsellor_lost_at_ms is None or turn.counsellor is None:
        return
    duty = _duty_of(turn)
    if duty is None or duty.locked_at_ms is not None or duty.alive_until_ms <= now_ms:
        return
    Turn.objects.filter(pk=turn.pk).update(counsellor_lost_at_ms=None, returned_at_ms=None)
    tell(turn.pk, None, words.COUNSELLOR_BACK, name=turn.counsellor.shown_name)
    duty_changed(turn.service_id)


@transaction.atomic
def _offer(conversation_id: int, now_ms: int) -> None:
    turn = locked(conversation_id)
    if turn.state != Turn.State.TALKING or turn.counsellor_lost_at_ms is None or turn.counsellor is None:
        return
    duty, settings = _duty_of(turn), settings_of(turn.service_id)
    due = rules.offered_at(
        lost_at_ms=turn.counsellor_lost_at_ms,
        locked=duty is not None and duty.locked_at_ms is not None,
        offered_seconds=settings.lost_counsellor_offered_seconds,
        locked_seconds=settings.locked_counsellor_offered_seconds,
    )
    if now_ms >= due:
        offer_to_others(turn, now_ms=now_ms, name=turn.counsellor.shown_name)
        queue_changed(turn.service_id)
