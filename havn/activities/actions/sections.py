"""Editing the words of a draft, section by section."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.activities.actions.reports import locked, note
from havn.activities.models import PeriodReport, Section
from havn.activities.permissions import check_can_write
from havn.common.clock import now
from havn.common.errors import Refused


class ChangedMeanwhile(Refused):
    """Somebody else saved the section since this person opened it. Nothing is lost: both texts can be shown."""


@transaction.atomic
def save_section(
    *, actor: User, section: Section, heading: str, text: str, is_left_out: bool, seen_version: int
) -> None:
    """Keep a person's words. Raises ChangedMeanwhile unless `seen_version` is what is stored."""
    stored = _opened(actor, section)
    if stored.version != seen_version:
        raise ChangedMeanwhile(_("Somebody else changed this section while you wrote."))
    stored.heading, stored.text, stored.is_left_out = heading, text, is_left_out
    stored.log_changed, stored.version = False, stored.version + 1
    stored.save()
    _done(actor, stored.report, "activities.section.saved")


@transaction.atomic
def take_logs_words(*, actor: User, section: Section) -> None:
    """Put the words of the log in place of a person's."""
    stored = _opened(actor, section)
    if not stored.key:
        raise Refused(_("The log has no words for a section of your own."))
    stored.heading, stored.text = stored.compiled_heading, stored.compiled_text
    stored.log_changed, stored.version = False, stored.version + 1
    stored.save()
    _done(actor, stored.report, "activities.section.saved")


@transaction.atomic
def add_section(*, actor: User, report: PeriodReport, heading: str, text: str) -> Section:
    """A section of one's own, at the end."""
    check_can_write(actor, report.centre)
    draft = locked(report)
    last = draft.sections.aggregate(last=Max("order"))["last"]
    section = Section.objects.create(report=draft, order=0 if last is None else last + 1, heading=heading, text=text)
    _done(actor, draft, "activities.section.saved")
    return section


@transaction.atomic
def move_section(*, actor: User, section: Section) -> None:
    """One place up. The first stays where it is."""
    stored = _opened(actor, section)
    line = list(stored.report.sections.all())
    place = line.index(stored)
    if place == 0:
        return
    line[place - 1], line[place] = line[place], line[place - 1]
    for order, one in enumerate(line):
        Section.objects.filter(pk=one.pk).update(order=order)
    _done(actor, stored.report, "activities.section.moved")


@transaction.atomic
def remove_section(*, actor: User, section: Section) -> None:
    """Throw away a section of one's own. Those of the log are left out instead, or they would come back."""
    stored = _opened(actor, section)
    if stored.key:
        raise Refused(_("This section comes from the log. Leave it out instead."))
    Section.objects.filter(pk=stored.pk).delete()
    _done(actor, stored.report, "activities.section.removed")


def _opened(actor: User, section: Section) -> Section:
    check_can_write(actor, section.report.centre)
    locked(section.report)
    stored = Section.objects.select_for_update().filter(pk=section.pk).select_related("report__centre").first()
    if stored is None:
        raise Refused(_("Somebody has thrown this section away."))
    return stored


def _done(actor: User, report: PeriodReport, action: str) -> None:
    PeriodReport.objects.filter(pk=report.pk).update(changed_by=actor, changed_at=now())
    note(actor, report, action)
