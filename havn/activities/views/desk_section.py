"""The words of a report, one section at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.activities import actions
from havn.activities.actions.sections import ChangedMeanwhile
from havn.activities.forms_report import SectionForm
from havn.activities.models import Section
from havn.activities.permissions import WRITERS
from havn.activities.views.asked import report_of, section_of


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, section_id: int) -> HttpResponse:
    """Change heading and text, or leave it out. When somebody else was quicker, both texts are shown."""
    found = section_of(request, section_id)
    form = SectionForm(request.POST) if request.method == "POST" else SectionForm(initial=_values(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        seen = data.pop("version")
        try:
            actions.save_section(actor=request.user, section=found, seen_version=seen, **data)  # type: ignore[arg-type]
        except ChangedMeanwhile as refused:
            # Shown beside their own words; a second press says that these are meant.
            form = SectionForm({**request.POST.dict(), "version": found.version})
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The section is saved."))
            return redirect("activities:report", report_id=found.report_id)
    context = {"form": form, "section": found, "report": found.report, "shows_theirs": bool(form.non_field_errors())}
    return render(request, "activities/desk_section.html", context, status=422 if form.errors else 200)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_section(request: HttpRequest, report_id: int) -> HttpResponse:
    """A section of one's own."""
    report = report_of(request, report_id)
    form = SectionForm(request.POST if request.method == "POST" else None, initial={"version": 0})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.add_section(actor=request.user, report=report, heading=data["heading"], text=data["text"])  # type: ignore[arg-type]
        messages.success(request, _("The section stands at the end."))
        return redirect("activities:report", report_id=report_id)
    context = {"form": form, "section": None, "report": report, "shows_theirs": False}
    return render(request, "activities/desk_section.html", context, status=422 if form.errors else 200)


@staff(*WRITERS)
@require_POST
def move_up(request: HttpRequest, section_id: int) -> HttpResponse:
    """One place up."""
    found = section_of(request, section_id)
    actions.move_section(actor=request.user, section=found)  # type: ignore[arg-type]
    return redirect("activities:report", report_id=found.report_id)


@staff(*WRITERS)
@require_POST
def take_log(request: HttpRequest, section_id: int) -> HttpResponse:
    """The words of the log in place of a person's."""
    found = section_of(request, section_id)
    actions.take_logs_words(actor=request.user, section=found)  # type: ignore[arg-type]
    messages.success(request, _("The section has the words of the log again."))
    return redirect("activities:report", report_id=found.report_id)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_section(request: HttpRequest, section_id: int) -> HttpResponse:
    """Ask once, then throw a section of one's own away."""
    found = section_of(request, section_id)
    if request.method == "POST":
        actions.remove_section(actor=request.user, section=found)  # type: ignore[arg-type]
        messages.success(request, _("The section is thrown away."))
        return redirect("activities:report", report_id=found.report_id)
    return render(request, "activities/desk_section_remove.html", {"section": found, "report": found.report})


def _values(found: Section) -> dict[str, object]:
    return {
        "heading": found.heading, "text": found.text, "is_left_out": found.is_left_out, "version": found.version
    }  # fmt: skip
