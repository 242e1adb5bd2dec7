"""Making a report of a period, and bringing its figures up to date without touching anybody's words."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.activities import queries
from havn.activities.compiling import Compiled, compiled_sections
from havn.activities.models import PeriodReport, Section
from havn.activities.permissions import check_can_write
from havn.activities.rules.figures import as_json
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused

_SLUG = 70
_COMPILED_FROM = ("starts_on", "ends_on", "language", "project")


@transaction.atomic
def save_report(*, actor: User, report: PeriodReport) -> PeriodReport:
    """Keep what the form says; `report` comes unsaved from it. Compiled at once when new, and again when its period,
    language or project are others now."""
    check_can_write(actor, report.centre)
    before = locked(report) if report.pk else None
    report.changed_by, report.changed_at = actor, now()
    if before is None:
        report.slug = _free_slug(report)
    if before is None or any(getattr(before, name) != getattr(report, name) for name in _COMPILED_FROM):
        _compile(report)
    else:
        # Not those that the person saw: somebody may have compiled it since.
        report.figures, report.compiled_at = before.figures, before.compiled_at
        report.save()
    note(actor, report, "activities.report.saved")
    return report


@transaction.atomic
def compile_report(*, actor: User, report: PeriodReport) -> None:
    """Freeze the figures as the log has them now. Words that a person edited stay; the others are made anew."""
    check_can_write(actor, report.centre)
    fresh = locked(report)
    fresh.changed_by, fresh.changed_at = actor, now()
    _compile(fresh)
    note(actor, report, "activities.report.compiled")


@transaction.atomic
def delete_report(*, actor: User, report: PeriodReport) -> None:
    """Throw a draft away. Refused for what is published."""
    check_can_write(actor, report.centre)
    draft = locked(report)
    note(actor, draft, "activities.report.deleted")
    draft.delete()


def locked(report: PeriodReport) -> PeriodReport:
    """The stored draft, locked until the transaction ends. Refused when it is published: that stays as it is."""
    found = PeriodReport.objects.select_for_update().filter(pk=report.pk).first()
    if found is None:
        raise Refused(_("Somebody has thrown this report away."))
    if found.state != PeriodReport.State.DRAFT:
        raise Refused(_("A published report stays as it is. Make it a draft again to change it."))
    return found


def note(actor: User, report: PeriodReport, action: str) -> None:
    """Put it on the trail, where the report's history is read from."""
    subject = f"{queries.TRAIL_SUBJECT}:{report.pk}"
    record(centre_id=report.centre_id, actor_id=actor.pk, action=action, subject=subject)


def _compile(report: PeriodReport) -> None:
    figures = queries.figures_of(report.centre, report.starts_on, report.ends_on)
    report.figures, report.compiled_at = as_json(figures), now()
    report.save()
    _merge(report, compiled_sections(report, figures))


def _merge(report: PeriodReport, compiled: list[Compiled]) -> None:
    """New words for sections that nobody edited; a new section stands behind the one that it follows in the log."""
    line = list(report.sections.all())
    known = {section.key: section for section in line if section.key}
    wanted = {one.key for one in compiled}
    for section in [one for one in line if one.key and one.key not in wanted]:
        if section.is_edited:
            section.log_changed = True
        else:
            section.delete()
            line.remove(section)
    previous = None
    for one in compiled:
        section = known.get(one.key) or Section(report=report, key=one.key)
        _take(section, one)
        if section not in line:
            line.insert(line.index(previous) + 1 if previous else 0, section)
        previous = section
    for order, section in enumerate(line):
        section.order = order
        section.save()


def _take(section: Section, one: Compiled) -> None:
    says_something_new = (section.compiled_heading, section.compiled_text) != (one.heading, one.text)
    if section.pk is not None and section.is_edited:
        section.log_changed = section.log_changed or says_something_new
    else:
        section.heading, section.text = one.heading, one.text
    section.compiled_heading, section.compiled_text = one.heading, one.text


def _free_slug(report: PeriodReport) -> str:
    base = slugify(report.title)[:_SLUG].strip("-") or "report"
    slug, number = base, 1
    while PeriodReport.objects.filter(centre=report.centre, slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
