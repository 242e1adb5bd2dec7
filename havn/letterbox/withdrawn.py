"""Which published answers were taken back or off, outside the database: a restored backup must not publish them again.

One line each in HAVN_DATA/withdrawn: the day, and the hash that only the child's code makes, or `answer:` and the
number of one that the staff took off: its child's yes stays. Lines live as long as backups do, then go.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from havn.common.clock import now
from havn.common.page_cache import pages_changed
from havn.helpline.retention.journal import KEPT, add_line, lines_in, replace_lines
from havn.letterbox.models import Consent, PublishedAnswer

_ANSWER = "answer:"


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "withdrawn"


def remember(withdraw_hash: bytes) -> None:
    """Add a line and wait until it is on the disk. Raises OSError when it can't be."""
    add_line(path(), f"{now().date()} {withdraw_hash.hex()}")


def remember_taken_off(answer_id: int) -> None:
    """The same for an answer that the staff took off. Its letter may be published anew, under another number."""
    add_line(path(), f"{now().date()} {_ANSWER}{answer_id}")


def take_off_again() -> int:
    """After a restore: take off what was taken back or off since the backup was made. Returns how many answers went."""
    lines = [text for _day, text in lines_in(path(), fields=2)]
    numbers = [int(text.removeprefix(_ANSWER)) for text in lines if text.startswith(_ANSWER)]
    hashes = [bytes.fromhex(text) for text in lines if not text.startswith(_ANSWER)]
    with transaction.atomic():
        Consent.objects.filter(withdraw_hash__in=hashes).update(state=Consent.State.WITHDRAWN)
        gone = PublishedAnswer.objects.filter(Q(withdraw_hash__in=hashes) | Q(pk__in=numbers))
        count = gone.count()
        gone.delete()
        if count:
            pages_changed()
    return count


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    replace_lines(path(), lambda line: dt.date.fromisoformat(line[0]) >= limit, fields=2)
