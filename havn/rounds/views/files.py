"""Files out: what a round brought, and documents that are answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.common.language import reader_language
from havn.rounds.actions.exporting import record_export
from havn.rounds.export import sheet_of
from havn.rounds.models import AnswerFile
from havn.rounds.permissions import ANSWERERS
from havn.rounds.views.asked import actor_of, assignment_here, round_here
from havn.rounds.words import period_name, period_of_round, said_title
from havn.statistics.export import Form, csv_lines, xlsx_pieces

_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.SPREADSHEET: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Languages that write decimals with a point.
_POINT = ("en",)


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, round_id: int) -> HttpResponse:
    """Choose how, then take it out. That it was taken out stands on the trail."""
    one = round_here(request, round_id)
    form = request.POST.get("form", "")
    if request.method != "POST" or form not in set(Form):
        context = {
            "round": one, "title": said_title(one.form_version), "period": period_name(period_of_round(one))
        }  # fmt: skip
        return render(request, "rounds/export.html", context)
    chosen = Form(form)
    sheet = sheet_of(one)
    decimal = "." if reader_language().split("-")[0] in _POINT else ","
    pieces = xlsx_pieces([sheet]) if chosen is Form.XLSX else csv_lines([sheet], form=chosen, decimal=decimal)
    answer = HttpResponse(b"".join(pieces), content_type=_TYPES[chosen])
    ending = "xlsx" if chosen is Form.XLSX else "csv"
    key = one.form_version.form.key
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{one.first}-{one.last}-inside.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    record_export(actor=actor_of(request), one=one)
    return answer


@staff(*ANSWERERS)
@require_safe
def document(request: HttpRequest, assignment_id: int, ref: str) -> HttpResponse:
    """A document of an answer, always as an attachment."""
    assignment = assignment_here(request, assignment_id)
    found = AnswerFile.objects.filter(assignment=assignment, ref=ref).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
