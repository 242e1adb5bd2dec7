"""Letting the public read a report, and taking it back. The PDF is made before, never while rows are locked."""

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.activities.actions.reports import locked, note
from havn.activities.models import PeriodReport, ReportFile
from havn.activities.pdf import pdf_of
from havn.activities.permissions import check_can_publish
from havn.common.clock import now
from havn.common.errors import Refused


def publish_report(*, actor: User, report: PeriodReport) -> None:
    """Make the PDF of what is stored, then let the public read both. Refused when somebody changed it meanwhile."""
    check_can_publish(actor, report.centre)
    seen = PeriodReport.objects.select_related("centre").get(pk=report.pk)
    if seen.state != PeriodReport.State.DRAFT:
        raise Refused(_("This report is published already."))
    # The file says when it was published.
    moment = seen.published_at = now()
    content = pdf_of(seen)
    with transaction.atomic():
        draft = locked(seen)
        if draft.changed_at != seen.changed_at:
            raise Refused(_("Somebody changed the report in this moment. Look at it again, then publish it."))
        ReportFile.objects.update_or_create(report=draft, defaults={"content": content})
        draft.state, draft.published_at = PeriodReport.State.PUBLISHED, moment
        draft.save(update_fields=["state", "published_at"])
        note(actor, draft, "activities.report.published")


@transaction.atomic
def withdraw_report(*, actor: User, report: PeriodReport) -> None:
    """A draft again: its page and its PDF are gone for the public."""
    check_can_publish(actor, report.centre)
    stored = PeriodReport.objects.select_for_update().get(pk=report.pk)
    if stored.state != PeriodReport.State.PUBLISHED:
        raise Refused(_("This report is a draft already."))
    ReportFile.objects.filter(report=stored).delete()
    stored.state, stored.published_at = PeriodReport.State.DRAFT, None
    stored.save(update_fields=["state", "published_at"])
    note(actor, stored, "activities.report.withdrawn")
