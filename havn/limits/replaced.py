"""Which recognition codes were replaced, outside the database: in a restored backup they must open nothing.

One line each in HAVN_DATA/codes-replaced: the day, the plan's number and the code's salt, which name nobody and open
nothing. Lines live as long as backups do, then go.
"""

import datetime as dt
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from havn.common.clock import now
from havn.helpline.retention.journal import KEPT, add_line, lines_in, replace_lines
from havn.limits.models import RecognitionCode


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "codes-replaced"


def remember(code: RecognitionCode) -> None:
    """Add a line and wait until it is on the disk. Raises OSError when it can't be."""
    add_line(path(), f"{now().date()} {code.pk} {bytes(code.salt).hex()}")


@transaction.atomic
def end_again() -> int:
    """After a restore: make useless the codes that were replaced since the backup was made. Returns how many.

    Their rows stay, so that the plan keeps its days: in a talk beside which it lies, its child can ask for a new code.
    """
    ended = 0
    for _day, plan, salt in lines_in(path(), fields=3):
        code = RecognitionCode.objects.filter(pk=int(plan)).first()
        if code is not None and bytes(code.salt) == bytes.fromhex(salt):
            code.wrapped = secrets.token_bytes(len(code.wrapped))
            code.save(update_fields=["wrapped"])
            ended += 1
    return ended


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    replace_lines(path(), lambda line: dt.date.fromisoformat(line[0]) >= limit, fields=3)
