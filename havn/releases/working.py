"""Working out in the background what somebody asked for: it takes seconds, and its progress is shown."""

from collections.abc import Callable

from django.utils.translation import override

from havn.releases.models import Preparation
from havn.releases.preparing import Prepared, Unsafe, prepare
from havn.releases.registry import source_named
from havn.releases.rules.periods import period_named, slug_of
from havn.tasks.api import task, telling

State = Preparation.State


@task(attempts=3, lease_s=600)
def work_out(preparation_id: int) -> None:
    """Count, leave out and audit; the outcome is ready to look at or says why it cannot be. May run twice."""
    found = Preparation.objects.select_related("dataset__centre").filter(pk=preparation_id)
    preparation = found.filter(state__in=(State.WAITING, State.WORKING)).first()
    if preparation is None:
        return
    mine = Preparation.objects.filter(pk=preparation_id)
    mine.update(state=State.WORKING, percent=1)
    try:
        prepared = _built(preparation, telling(lambda percent: mine.update(percent=percent)))
    except Unsafe as error:
        mine.update(state=State.REFUSED, percent=100, refusal={"code": error.code, "cells": error.cells})
        return
    mine.update(
        state=State.READY, percent=100, table=prepared.table, log=prepared.log, audit=prepared.audit,
        against=list(prepared.against), given=prepared.given, corrects=prepared.corrects,
    )  # fmt: skip


def _built(preparation: Preparation, progress: Callable[[float], None]) -> Prepared:
    dataset = preparation.dataset
    source = source_named(dataset.source)
    if source is None:
        raise Unsafe("gone")
    period = period_named(slug_of(preparation.first, preparation.last))
    assert period is not None
    with override(dataset.language):
        table = source.build(dataset.centre, period)
        who = source.who(dataset.centre, period) if source.who is not None else None
    if table is None or not table.counts:
        raise Unsafe("nothing")
    return prepare(
        dataset, table, first=preparation.first, last=preparation.last, note=preparation.note, progress=progress,
        centres=who.names if who is not None else (), asked=who.asked if who is not None else None,
    )  # fmt: skip
