"""Putting answers among the others so that no place, number or order tells which came when.

While a wave is open answers wait until there are `TOGETHER`, and are then written in random order in one transaction,
under fresh random numbers. After the closing all are written anew once more, in random handfuls: then not even the
place on the disk tells which ten came together.
"""

import secrets
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.utils import OperationalError

from havn.surveys.models import Answer, SentPage, WaitingAnswer, Wave

TOGETHER = 10
HANDFUL = 200
"""Rows written in one transaction: a few milliseconds."""
LOCK_MS = 1_500
_random = secrets.SystemRandom()
T = TypeVar("T")


def move_waiting(wave: Wave) -> int:
    """Put what waits among the answers, within the caller's transaction. Returns how many."""
    waiting = list(WaitingAnswer.objects.filter(wave=wave).values_list("pk", "week", "answers"))
    _write(wave.pk, [(week, answers) for _pk, week, answers in waiting])
    WaitingAnswer.objects.filter(pk__in=[pk for pk, *_rest in waiting]).delete()
    return len(waiting)


def mix(wave: Wave) -> int:
    """Write every answer of a wave anew in random order, unless it is counted. Returns how many.

    May run again after it was broken off, and twice at once: each handful is taken under the wave's lock, so that no
    answer is written twice, and nothing moves once somebody has counted.
    """
    with transaction.atomic():
        if not _is_locked_uncounted(wave):
            return 0
        move_waiting(wave)
    numbers = shuffled(list(Answer.objects.filter(wave=wave).values_list("pk", flat=True)))
    for start in range(0, len(numbers), HANDFUL):
        with transaction.atomic():
            if not _is_locked_uncounted(wave):
                return start
            chosen = Answer.objects.select_for_update().filter(wave=wave, pk__in=numbers[start : start + HANDFUL])
            rows = list(chosen.values_list("pk", "week", "answers"))
            Answer.objects.filter(pk__in=[pk for pk, *_rest in rows]).delete()
            _write(wave.pk, [(week, answers) for _pk, week, answers in rows])
    return len(numbers)


def rewrite_tables() -> bool:
    """PostgreSQL: write the tables anew, so that deleted rows are in their files no more. Outside any transaction.

    False when somebody held a lock for longer than 1.5 s: try again later. SQLite overwrites what is deleted at once
    (secure_delete) and keeps rows in the order of their random numbers, so nothing is to do there.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return connection.vendor != "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_MS}")
        try:
            for model in (WaitingAnswer, Answer, SentPage):
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(model._meta.db_table)}")
        except OperationalError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def shuffled(rows: list[T]) -> list[T]:
    """The same in an order that nobody can foresee or work out."""
    _random.shuffle(rows)
    return rows


def _is_locked_uncounted(wave: Wave) -> bool:
    found = Wave.objects.select_for_update(of=("self",)).filter(pk=wave.pk, counted_at=None)
    return found.values_list("pk", flat=True).first() is not None


def _write(wave_id: int, rows: list[tuple[str, dict[str, Any]]]) -> None:
    made = [Answer(wave_id=wave_id, week=week, answers=answers) for week, answers in shuffled(rows)]
    Answer.objects.bulk_create(made)
