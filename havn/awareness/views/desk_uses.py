"""How often the centre's pages are used, by month, on a screen and as a table."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.awareness.counting.used import MONTHS, last_months, rows_of_months, use_table
from havn.awareness.editor.groups import WRITERS
from havn.awareness.models import PageUse
from havn.common.cells import safe_cell
from havn.common.clock import now
from havn.tenancy.models import Centre

PER_PAGE = 50


@staff(*WRITERS)
@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """Each page with how often it was opened in the last months, and all that was ever counted of it."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    months = last_months(now().date(), MONTHS)
    table = use_table(centre, months)
    opened, in_all = _("%(kind)s, %(month)s"), _("%(kind)s, in all")
    columns = [
        *(opened % {"kind": kind_words("view"), "month": date_format(month, "M Y")} for month in months),
        *(in_all % {"kind": kind_words(kind)} for kind in PageUse.Kind),
    ]
    found = Paginator(table.rows, PER_PAGE).get_page(request.GET.get("page", "1")[:6])
    rows = [(row.page, list(zip(columns, row.opened + row.totals, strict=True))) for row in found]
    context = {
        "tab": "uses",
        "columns": columns,
        "rows": rows,
        "sums": list(zip(columns, table.sums, strict=False)),
        "found": found,
        "kept": "",
    }
    return render(request, "awareness/desk_uses.html", context)


@staff(*WRITERS)
@require_safe
def uses_table(request: HttpRequest) -> HttpResponse:
    """Every month of every page as CSV; no cell is a formula."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{centre.slug}-pages.csv"'
    # So that spreadsheets read the letters as they are.
    answer.write("\ufeff")
    lines = csv.writer(answer)
    lines.writerow([_("Month"), _("Page"), _("Language"), _("Address"), _("Use"), _("Count")])
    for row in rows_of_months(centre):
        address = request.build_absolute_uri(row.page.get_url(request) or "/")
        cells = [f"{row.month:%Y-%m}", row.page.title, row.page.language, address, kind_words(row.kind)]
        lines.writerow([*(safe_cell(cell) for cell in cells), row.count])
    return answer


def kind_words(kind: str) -> str:
    """What the screen calls a use."""
    return {
        "view": pgettext("how often", "Opened"),
        "lesson": pgettext("how often", "Lesson"),
        "easy": pgettext("how often", "Easy to read"),
        "print": pgettext("how often", "PDF"),
        "pack": pgettext("how often", "Pack"),
        "adapt": pgettext("how often", "Adapted"),
    }[kind]
