"""See a report as the public will, let the public read it, take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.activities import actions
from havn.activities.pages import body_of, head_of
from havn.activities.pdf import pdf_of
from havn.activities.permissions import PUBLISHERS, READERS
from havn.activities.views.asked import report_of
from havn.activities.views.public_reports import pdf_answer


@staff(*READERS)
@require_safe
def preview(request: HttpRequest, report_id: int) -> HttpResponse:
    """The page, for drafts too."""
    report = report_of(request, report_id)
    context = {"report": report, "body": body_of(report), "is_preview": True, **head_of(report)}
    return render(request, "activities/public_report.html", context)


@staff(*READERS)
@require_safe
def preview_pdf(request: HttpRequest, report_id: int) -> HttpResponse:
    """The PDF, made now, for drafts too."""
    report = report_of(request, report_id)
    return pdf_answer(pdf_of(report), report.slug)


@staff(*PUBLISHERS)
@require_POST
def publish(request: HttpRequest, report_id: int) -> HttpResponse:
    """Let the public read it."""
    actions.publish_report(actor=request.user, report=report_of(request, report_id))  # type: ignore[arg-type]
    messages.success(request, _("The report is published."))
    return redirect("activities:report", report_id=report_id)


@staff(*PUBLISHERS)
@require_POST
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    """A draft again."""
    actions.withdraw_report(actor=request.user, report=report_of(request, report_id))  # type: ignore[arg-type]
    messages.success(request, _("The report is a draft again. The public does not see it any more."))
    return redirect("activities:report", report_id=report_id)
