"""Which published answers a child took back, outside the database: a restored backup must not publish them again.

One line each in HAVN_DATA/withdrawn: the day and the hash that only the child's code makes. Lines live as long as
backups do, then go.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction

from havn.common.clock import now
from havn.common.page_cache import pages_changed
from havn.helpline.retention.journal import KEPT, add_line, lines_in, replace_lines
from havn.letterbox.models import Consent, PublishedAnswer


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "withdrawn"


def remember(withdraw_hash: bytes) -> None:
    """Add a line and wait until it is on the disk. Raises OSError when it can't be."""
    add_line(path(), f"{now().date()} {withdraw_hash.hex()}")


def take_off_again() -> int:
    """After a restore: take off what was taken back since the backup was made. Returns how many answers went."""
    hashes = [bytes.fromhex(text) for _day, text in lines_in(path(), fields=2)]
    with transaction.atomic():
        Consent.objects.filter(withdraw_hash__in=hashes).update(state=Consent.State.WITHDRAWN)
        gone = PublishedAnswer.objects.filter(withdraw_hash__in=hashes)
        count = gone.count()
        gone.delete()
        if count:
            pages_changed()
    return count


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    replace_lines(path(), lambda line: dt.date.fromisoformat(line[0]) >= limit, fields=2)
