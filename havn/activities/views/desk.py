"""The log: what was done, with totals that add only what may be added, and the same as a table to take out."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.accounts.access import staff
from havn.activities import actions, export, queries, words
from havn.activities.forms import FilterForm
from havn.activities.models import Activity
from havn.activities.pages import basis_names, numbers_of, work_of
from havn.activities.permissions import READERS, can_write
from havn.activities.rules.totals import all_effort
from havn.activities.views.asked import centre_of

SHOWN = 50


@staff(*READERS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The activities that fit what is asked, the latest first, a page at a time; the totals are of all of them."""
    centre = centre_of(request)
    form = FilterForm(request.GET, centre=centre)
    choice = form.choice()
    found = queries.activities_of(centre, choice)
    page = Paginator(found.prefetch_related("reach"), SHOWN).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "rows": [_row(activity) for activity in page],
        "page": page,
        "asked": asked.urlencode(),
        "narrowed": choice != queries.Choice(),
        "numbers": numbers_of(queries.counts_of(found)),
        "bases": basis_names(),
        "work": work_of(all_effort(queries.efforts_of(found))),
        "may_write": can_write(request.user, centre),  # type: ignore[arg-type]
    }
    return render(request, "activities/desk.html", context)


@staff(*READERS)
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same activities as CSV; no cell is a formula. That it was taken out stands on the trail."""
    centre = centre_of(request)
    choice = FilterForm(request.GET, centre=centre).choice()
    found = queries.activities_of(centre, choice).order_by("starts_on", "pk")
    answer = HttpResponse(export.table_of(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="activities.csv"'
    actions.record_export(actor=request.user, centre=centre)  # type: ignore[arg-type]
    return answer


def _row(activity: Activity) -> dict[str, object]:
    return {
        "activity": activity,
        "kind": words.kind_name(activity.kind),
        "when": words.days(activity.starts_on, activity.ends_on),
        "where": words.where(activity.place, is_online=activity.is_online),
        "reach": [
            (
                words.number(row.number),
                words.measure_name(row.measure),
                words.group_name(row.group),
                words.basis_name(row.basis),
            )
            for row in activity.reach.all()
        ],
    }
