"""Datasets, preparing and publishing. What takes long is done by the worker, before any row is locked."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.releases import queries
from havn.releases.models import Dataset, Preparation, Release
from havn.releases.permissions import check_can_prepare, check_can_publish
from havn.releases.preparing import Prepared
from havn.releases.registry import source_named
from havn.releases.rules.periods import ended
from havn.releases.rules.tables import NETWORK
from havn.releases.working import work_out
from havn.statistics.rules.periods import Period
from havn.tenancy.models import Centre

_QUARTERS, _YEARS = 80, 20
State = Preparation.State


@transaction.atomic
def save_dataset(*, actor: User, dataset: Dataset) -> Dataset:
    """Keep a dataset, new or changed. Its key, source and measure stay once it is made."""
    check_can_prepare(actor, dataset.centre)
    is_new = dataset._state.adding
    if is_new:
        # One at a time in a centre, so that each key stands for one dataset.
        Centre.objects.select_for_update().get(pk=dataset.centre_id)
        if Dataset.objects.filter(centre=dataset.centre, key=dataset.key).exists():
            raise Refused(_("There is a dataset with this address already. Choose another one."))
        dataset.created_at = now()
    dataset.save()
    what = "made" if is_new else "changed"
    record(centre_id=dataset.centre_id, actor_id=actor.pk, action=f"releases.dataset.{what}", subject=_subject(dataset))
    return dataset


@transaction.atomic
def ask(*, actor: User, dataset: Dataset, period: Period, note: str = "") -> Preparation:
    """Have a release of a period worked out; one that was being prepared for it before is replaced."""
    # One at a time for a dataset, so that a period is prepared once.
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    check_can_prepare(actor, dataset.centre)
    if source_named(dataset.source) is None:
        raise Refused(_("The figures of this dataset come from elsewhere. It cannot be prepared here."))
    if period not in ended(now().date(), quarters=_QUARTERS, years=_YEARS):
        raise Refused(_("Only a quarter or a year that is over can be published."))
    old = queries.newest_version(dataset, period.first, period.last)
    if old is not None and not note.strip():
        raise Refused(_("This period is published already. Say what is corrected: readers see it."))
    Preparation.objects.filter(dataset=dataset, first=period.first, last=period.last).delete()
    made = Preparation.objects.create(
        dataset=dataset, first=period.first, last=period.last, corrects=old, note=note.strip() if old else "",
        asked_by=actor, asked_at=now(),
    )  # fmt: skip
    record(
        centre_id=dataset.centre_id, actor_id=actor.pk, action="releases.asked", subject=_subject(dataset),
        first=period.first.isoformat(), last=period.last.isoformat(),
    )  # fmt: skip
    work_out.enqueue(made.pk)
    return made


def publish(prepared: Prepared, actor: User | None) -> Release:
    """Publish for ever what was prepared. Refused when something was published meanwhile that it was not audited with.

    `actor` None: the platform itself, such as the demo; anybody else must be allowed to.
    """
    if actor is not None:
        check_can_publish(actor, prepared.dataset.centre)
    so_far = _checked_beside(prepared)
    with transaction.atomic():
        return _published(prepared, actor, so_far)


def publish_prepared(*, actor: User, preparation: Preparation) -> Release:
    """Publish what somebody looked at; it is not in preparation any more."""
    check_can_publish(actor, preparation.dataset.centre)
    ready = Preparation.objects.filter(pk=preparation.pk, state=State.READY)
    stored = ready.first()
    if stored is None:
        raise _not_ready()
    assert stored.table is not None
    assert stored.log is not None
    assert stored.audit is not None
    prepared = Prepared(
        dataset=preparation.dataset, first=stored.first, last=stored.last, table=stored.table, log=stored.log,
        audit=stored.audit, against=tuple(stored.against), given=stored.given, corrects=stored.corrects,
        note=stored.note,
    )  # fmt: skip
    so_far = _checked_beside(prepared)
    with transaction.atomic():
        release = _published(prepared, actor, so_far)
        if not ready.delete()[0]:
            raise _not_ready()
    return release


def _checked_beside(prepared: Prepared) -> tuple[int, ...]:
    """What is published so far, with which the audit still holds. Refused otherwise. Asked before anything is locked:
    every table that was ever told is looked at."""
    dataset = prepared.dataset
    so_far = queries.published_so_far([dataset.measure])
    of_network = prepared.table["population"] == NETWORK
    beside = queries.read_together(
        dataset.measure, dataset.centre, prepared.first, prepared.last, of_network=of_network
    )  # fmt: skip
    if beside != sorted(prepared.against):
        raise _too_late()
    return so_far


def _published(prepared: Prepared, actor: User | None, so_far: tuple[int, ...]) -> Release:
    dataset = prepared.dataset
    # One at a time of what can be read together; whoever tells it elsewhere holds the network's centre.
    Centre.objects.select_for_update().get(pk=dataset.centre_id)
    list(Dataset.objects.select_for_update().filter(measure=dataset.measure).order_by("pk"))
    old = queries.newest_version(dataset, prepared.first, prepared.last)
    if queries.published_so_far([dataset.measure]) != so_far or old != prepared.corrects:
        raise _too_late()
    release = Release.objects.create(
        dataset=dataset, first=prepared.first, last=prepared.last, version=old.version + 1 if old else 1,
        corrects=old, note=prepared.note, table=prepared.table, log=prepared.log, audit=prepared.audit,
        given=prepared.given, published_at=now(), published_by=actor.pk if actor else None,
    )  # fmt: skip
    record(
        centre_id=dataset.centre_id, actor_id=actor.pk if actor else None, action="releases.published",
        subject=f"release:{release.pk}",
    )  # fmt: skip
    return release


def _too_late() -> Refused:
    return Refused(_("Something else was published since this was prepared. Prepare it again, then publish it."))


def _not_ready() -> Refused:
    return Refused(_("This is not ready to be published. Look at it again."))


@transaction.atomic
def discard(*, actor: User, preparation: Preparation) -> None:
    """Throw away what was being prepared. Nothing that is published changes."""
    check_can_prepare(actor, preparation.dataset.centre)
    dataset = preparation.dataset
    Preparation.objects.filter(pk=preparation.pk).delete()
    record(centre_id=dataset.centre_id, actor_id=actor.pk, action="releases.discarded", subject=_subject(dataset))


def _subject(dataset: Dataset) -> str:
    return f"dataset:{dataset.pk}"
