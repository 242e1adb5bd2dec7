"""Care plans, moments until which pauses were lifted, lines for restores."""

import datetime as dt
import secrets

from havn.helpline.retention import journal
from havn.helpline.retention.queries import today_in
from havn.limits import deleted
from havn.limits.models import CarePlan, LiftedPause, RecognitionCode
from havn.limits.queries.settings import settings_of
from tests.clocks.places import line
from tests.clocks.rows import Left, Make


def _plan(runs_out: dt.datetime) -> Left:
    service = line().service
    number = secrets.randbelow(1 << 53)
    used = today_in(service.organisation.centre, runs_out) - dt.timedelta(days=settings_of(service.pk).plan_days)
    CarePlan.objects.create(pk=number, service=service, made_on=used, used_on=used)
    RecognitionCode.objects.create(
        pk=number, locator=secrets.randbelow(1 << 20), salt=b"salt", nonce=b"nonce", wrapped=b"wrapped"
    )
    return lambda: CarePlan.objects.filter(pk=number).count() + RecognitionCode.objects.filter(pk=number).count()


def _lifted(runs_out: dt.datetime) -> Left:
    centre_id = line().service.organisation.centre_id
    row = LiftedPause.objects.create(centre_id=centre_id, until_ms=int(runs_out.timestamp() * 1000))
    return lambda: LiftedPause.objects.filter(pk=row.pk).count()


def _deleted(runs_out: dt.datetime) -> Left:
    line()
    number = str(secrets.randbelow(1 << 53))
    journal.add_line(deleted.path(), f"{(runs_out - journal.KEPT).date()} {number}")
    return lambda: sum(plan == number for _day, plan in journal.lines_in(deleted.path(), fields=2))


ROWS: dict[str, Make] = {"limits.plans": _plan, "limits.lifted": _lifted, "limits.deleted": _deleted}
