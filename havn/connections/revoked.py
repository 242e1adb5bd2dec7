"""Which keys and endpoints were ended, outside the database: a restored backup must not open or tell anything again.

One line each in HAVN_DATA/revoked: the day, and a key's prefix or `endpoint:` and its number. Lines live as long as
backups do, then go.
"""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction

from havn.common.clock import now
from havn.connections.models import ApiKey, Delivery, Endpoint
from havn.helpline.retention.journal import KEPT, add_line, lines_in, replace_lines

_ENDPOINT = "endpoint:"


def path() -> Path:
    """Where the lines are."""
    return Path(settings.DATA) / "revoked"


def remember_key(prefix: str) -> None:
    """Add a line and wait until it is on the disk. Raises OSError when it can't be."""
    add_line(path(), f"{now().date()} {prefix}")


def remember_endpoint(number: int) -> None:
    """The same for an endpoint."""
    add_line(path(), f"{now().date()} {_ENDPOINT}{number}")


def end_again() -> int:
    """After a restore: end what was ended since the backup was made, and send nothing that waited then.

    Every endpoint is off until somebody looks at it: since the backup it may have been switched off or led elsewhere.

    Returns how many keys and endpoints went.
    """
    lines = [text for _day, text in lines_in(path(), fields=2)]
    prefixes = [text for text in lines if not text.startswith(_ENDPOINT)]
    numbers = [int(text.removeprefix(_ENDPOINT)) for text in lines if text.startswith(_ENDPOINT)]
    with transaction.atomic():
        Delivery.objects.filter(state=Delivery.State.WAITING).delete()
        keys, endpoints = ApiKey.objects.filter(prefix__in=prefixes), Endpoint.objects.filter(pk__in=numbers)
        count = keys.count() + endpoints.count()
        keys.delete()
        endpoints.delete()
        Endpoint.objects.filter(is_on=True).update(is_on=False, off_by_restore=True, failing_since=None)
    return count


def forget_old() -> None:
    """Drop the lines of days that no backup reaches back to."""
    limit = now().date() - KEPT
    replace_lines(path(), lambda line: dt.date.fromisoformat(line[0]) >= limit, fields=2)


def older_than(at: dt.datetime) -> int:
    """How many lines should have gone by this moment."""
    limit = (at - KEPT).date()
    return sum(dt.date.fromisoformat(day) < limit for day, _text in lines_in(path(), fields=2))
