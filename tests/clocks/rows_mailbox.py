"""Rows of e-mail: marks, counts of receipts, and an e-mail to a child that did not go."""

import datetime as dt
import secrets

from havn.common.ids import random_id
from havn.mail.models import LetterOut
from havn.mail.sealing import Content, seal
from havn.mailbox.marks import DAY_MS, SEEN_KEPT_MS
from havn.mailbox.models import DayKey, Receipt, SeenMail
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _seen(runs_out: dt.datetime) -> Left:
    row = SeenMail.objects.create(
        service=line().service, mark=secrets.token_bytes(32), at_ms=_ms(runs_out) - SEEN_KEPT_MS
    )
    return lambda: SeenMail.objects.filter(pk=row.pk).count()


def _receipts(runs_out: dt.datetime) -> Left:
    # The key belongs to no helpline; the clock is looked at for each centre.
    line()
    day = DayKey.objects.create(sealed=b"sealed", made_at_ms=_ms(runs_out) - DAY_MS)
    count = Receipt.objects.create(day=day, mark=secrets.token_bytes(32), times=1)
    return lambda: DayKey.objects.filter(pk=day.pk).count() + Receipt.objects.filter(pk=count.pk).count()


def _timed(runs_out: dt.datetime) -> Left:
    number = random_id()
    LetterOut.objects.create(
        id=number, centre=line().service.organisation.centre, kind="mailbox.answer",
        sealed=seal(number, Content("kim@home.example", "Hi", "words")), until=runs_out,
        queued_at=runs_out - dt.timedelta(hours=24), next_try_at=runs_out,
    )  # fmt: skip
    return lambda: LetterOut.objects.filter(pk=number, sealed__isnull=False).count()


ROWS: dict[str, Make] = {
    "mailbox.seen": _seen,
    "mailbox.receipts": _receipts,
    "mail.timed": _timed,
}
