"""What was prepared for the public and not published."""

import datetime as dt

from havn.releases.models import Preparation
from havn.releases.tasks import KEPT
from tests.clocks.places import line
from tests.clocks.rows import Left, Make
from tests.releases.factories import Q1, make_dataset


def _preparation(runs_out: dt.datetime) -> Left:
    dataset = make_dataset(line().service.organisation.centre)
    row = Preparation.objects.create(dataset=dataset, first=Q1[0], last=Q1[1], asked_at=runs_out - KEPT)
    return lambda: Preparation.objects.filter(pk=row.pk).count()


ROWS: dict[str, Make] = {"releases.preparations": _preparation}
