"""What anyone may read: the published reports, one of them, and its PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.activities import queries, words
from havn.activities.models import PeriodReport, ReportFile
from havn.activities.pages import body_of, head_of
from havn.common.access import public


@public
@require_safe
def public_reports(request: HttpRequest) -> HttpResponse:
    """The reports of the centre, the latest period first."""
    centre = request.centre  # type: ignore[attr-defined]
    rows = [
        {"report": report, "period": words.days(report.starts_on, report.ends_on)}
        for report in queries.reports_visible_to_public(centre)
    ]
    return render(request, "activities/public_reports.html", {"rows": rows})


@public
@require_safe
def public_report(request: HttpRequest, slug: str) -> HttpResponse:
    """A report in its own language, whatever the language of the page around it."""
    report = _report(request, slug)
    context = {"report": report, "body": body_of(report), "is_preview": False, **head_of(report)}
    return render(request, "activities/public_report.html", context)


@public
@require_safe
def public_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The PDF as it was made when the report was published."""
    file = ReportFile.objects.filter(report=_report(request, slug)).first()
    if file is None:
        raise Http404
    return pdf_answer(bytes(file.content), slug)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _report(request: HttpRequest, slug: str) -> PeriodReport:
    centre = request.centre  # type: ignore[attr-defined]
    report = queries.reports_visible_to_public(centre).filter(slug=slug).first()
    if report is None:
        raise Http404
    return report
