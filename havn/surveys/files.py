"""Sheets as downloads: CSV or XLSX, never kept by anybody on the way."""

from django.http import HttpResponse
from django.utils.formats import get_format

from havn.statistics.export import Form, Sheet, csv_lines, xlsx_pieces

KINDS = {
    "csv": (Form.CSV, "text/csv; charset=utf-8"),
    "xlsx": (Form.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def download(sheet: Sheet, kind: str, name: str) -> HttpResponse:
    """The sheet as a file of this kind ("csv" or "xlsx") to be saved. KeyError for another kind."""
    form, content_type = KINDS[kind]
    pieces = (
        xlsx_pieces([sheet])
        if form is Form.XLSX
        else csv_lines([sheet], form=form, decimal=get_format("DECIMAL_SEPARATOR"))
    )
    response = HttpResponse(b"".join(pieces), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
