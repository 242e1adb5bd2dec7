"""Figures as a file."""

from babel import Locale, UnknownLocaleError
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from havn.accounts.access import staff
from havn.helpline import report_tables
from havn.helpline import words_reports as words
from havn.helpline.actions.exporting import record_export
from havn.helpline.forms_reports import Asked, asked
from havn.helpline.queries.reports import figures, lists_of, reason_spans
from havn.helpline.report_filed import REPORTS
from havn.helpline.report_files import sheets_of
from havn.helpline.rules.roles import SUPERVISES
from havn.helpline.views.desk_answers import actor_of, service_here
from havn.helpline.views.report_figures import today_at
from havn.statistics.export import Form, csv_lines, xlsx_pieces
from havn.statistics.rules.periods import before
from havn.statistics.rules.tables import Table
from havn.tenancy.models import Service

_TYPES = {
    Form.CSV: ("csv", "text/csv; charset=utf-8"),
    Form.SPREADSHEET: ("csv", "text/csv; charset=utf-8"),
    Form.XLSX: ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@staff(*SUPERVISES)
@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """A report as CSV or XLSX: small numbers left out, or for use inside by those who may. It stands on the trail."""
    service = service_here(request, *SUPERVISES)
    values = {name: str(value) for name, value in request.POST.items()}
    form, report = values.get("form", ""), values.get("report", "figures")
    if form not in set(Form) or (report != "figures" and report not in REPORTS):
        raise Http404
    question = asked(values, today=today_at(service))
    whole = values.get("whole") == "1"
    title, tables, notes = _made(service, question, report)
    about = f"{service.organisation.centre.name}, {service.name}: {title}"
    sheets = sheets_of(tables, whole=whole, about=about, period=question.period, notes=notes)
    record_export(actor=actor_of(request), service=service, report=report, form=form, whole=whole)
    chosen = Form(form)
    pieces = xlsx_pieces(sheets) if chosen is Form.XLSX else csv_lines(sheets, form=chosen, decimal=_decimal_mark())
    ending, kind = _TYPES[chosen]
    answer = StreamingHttpResponse(pieces, content_type=kind)
    inside = "-inside" if whole else ""
    name = f"{report}-{question.period.first}-{question.period.last}{inside}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _made(service: Service, question: Asked, report: str) -> tuple[str, list[Table], list[str]]:
    if report in REPORTS:
        made = REPORTS[report]([service.pk], question.period)
        return made.title, made.tables, made.notes
    now = figures([service.pk], question.period, channel=question.channel)
    earlier = figures([service.pk], before(question.period), channel=question.channel)
    notes = [words.channel_label(question.channel)] if question.channel else []
    with lists_of([service.pk]):
        return _("Figures"), report_tables.tables_of(now, earlier, reason_spans(question.period)), notes


def _decimal_mark() -> str:
    try:
        locale = Locale.parse(words.language(), sep="-")
    except (UnknownLocaleError, ValueError):
        return "."
    return str(locale.number_symbols["latn"]["decimal"])
