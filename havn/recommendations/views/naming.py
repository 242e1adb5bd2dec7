"""Naming people beforehand: for a chapter, and who validates one follow-up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.recommendations import actions, words
from havn.recommendations.forms_people import PeopleForm
from havn.recommendations.permissions import FILLERS, check_can_name, today_in
from havn.recommendations.queries.named import part_of as part_of_follow_up
from havn.recommendations.views.asked import factsheet_of, follow_up_of, part_of


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def name_people(request: HttpRequest, factsheet_id: int, number: str) -> HttpResponse:
    """Who is responsible for a chapter, whom to ask instead, and who validates."""
    sheet = factsheet_of(request, factsheet_id)
    part, today = part_of(sheet, number), today_in(sheet.party)
    check_can_name(request.user, sheet, today)  # type: ignore[arg-type]
    first = {name: getattr(part, name) for name in ("responsible", "alternate", "validator")}
    form = PeopleForm(request.POST if request.method == "POST" else None, initial=first, party=sheet.party)
    if request.method == "POST" and form.is_valid():
        actions.name_for_chapter(actor=request.user, part=part, today=today, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("The people of this chapter are saved."))
        return redirect("recommendations:chapter", factsheet_id=factsheet_id, number=number)
    context = {"form": form, "part": part, "factsheet": sheet, "country": words.country(sheet.party)}
    return render(request, "recommendations/people.html", context, status=422 if form.errors else 200)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def name_validator(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Who validates one follow-up, also while it waits."""
    found = follow_up_of(request, follow_up_id)
    sheet = found.factsheet
    today = today_in(sheet.party)
    check_can_name(request.user, sheet, today)  # type: ignore[arg-type]
    form = PeopleForm(
        request.POST if request.method == "POST" else None, initial={"validator": found.validator}, party=sheet.party
    )
    for name in ("responsible", "alternate"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        actions.name_validator(
            actor=request.user, follow_up=found, today=today, validator=form.cleaned_data["validator"]  # type: ignore[arg-type]
        )  # fmt: skip
        messages.success(request, _("It is saved who validates this."))
        return redirect("recommendations:follow_up", follow_up_id=follow_up_id)
    context = {
        "form": form, "follow_up": found, "part": part_of_follow_up(found), "factsheet": sheet,
        "country": words.country(sheet.party),
    }  # fmt: skip
    return render(request, "recommendations/people.html", context, status=422 if form.errors else 200)
