"""The reports of a centre, and a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.activities import actions, queries, words
from havn.activities.forms_report import ReportForm
from havn.activities.permissions import READERS, WRITERS, can_write
from havn.activities.views.asked import centre_of


@staff(*READERS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Drafts and published reports, the latest period first."""
    centre = centre_of(request)
    rows = [
        {
            "report": report,
            "period": words.days(report.starts_on, report.ends_on),
            "state": words.state_name(report.state),
            "language": words.language_name(report.language),
        }
        for report in queries.reports_of(centre)
    ]
    context = {"rows": rows, "may_write": can_write(request.user, centre)}  # type: ignore[arg-type]
    return render(request, "activities/desk_reports.html", context)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    """Say which period; the log writes the rest."""
    form = ReportForm(request.POST if request.method == "POST" else None, centre=centre_of(request))
    if request.method == "POST" and form.is_valid():
        report = actions.save_report(actor=request.user, report=form.save(commit=False))  # type: ignore[arg-type]
        messages.success(request, _("The report is compiled. Read it, and write what the figures do not say."))
        return redirect("activities:report", report_id=report.pk)
    context = {"form": form, "report": None}
    return render(request, "activities/desk_report_form.html", context, status=422 if form.errors else 200)
