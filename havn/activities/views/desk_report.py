"""One report on the desk: its sections, its period, its figures compiled again, its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.accounts.models import User
from havn.accounts.trail_words import words_of
from havn.activities import actions, queries, words
from havn.activities.changes import told
from havn.activities.compiling import compiled_sections
from havn.activities.forms_report import ReportForm
from havn.activities.models import PeriodReport, Section
from havn.activities.permissions import READERS, WRITERS, can_publish, can_write, check_can_write
from havn.activities.rules.figures import Changes, Figures, changes, from_json
from havn.activities.views.asked import report_of


@staff(*READERS)
@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Its sections with what can be done to each, whether the log says something new, and its history."""
    found = report_of(request, report_id)
    user: User = request.user  # type: ignore[assignment]
    is_draft = found.state == PeriodReport.State.DRAFT
    context = {
        "report": found,
        "period": words.days(found.starts_on, found.ends_on),
        "state": words.state_name(found.state),
        "written_in": words.language_name(found.language),
        "sections": list(found.sections.all()),
        "log_differs": is_draft and bool(_changes(found)[1]),
        "history": _history(found),
        "may_write": is_draft and can_write(user, found.centre),
        "may_publish": can_publish(user, found.centre),
    }
    return render(request, "activities/desk_report.html", context)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Title, period and language. Another period, language or project compiles it again."""
    found = report_of(request, report_id)
    form = ReportForm(request.POST if request.method == "POST" else None, instance=found, centre=found.centre)
    if request.method == "POST" and form.is_valid():
        actions.save_report(actor=request.user, report=form.save(commit=False))  # type: ignore[arg-type]
        messages.success(request, _("The report is saved."))
        return redirect("activities:report", report_id=report_id)
    context = {"form": form, "report": report_of(request, report_id)}
    return render(request, "activities/desk_report_form.html", context, status=422 if form.errors else 200)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compile_again(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show what the log says otherwise now; a press takes it over."""
    found = report_of(request, report_id)
    check_can_write(request.user, found.centre)  # type: ignore[arg-type]
    if request.method == "POST":
        actions.compile_report(actor=request.user, report=found)  # type: ignore[arg-type]
        messages.success(request, _("The figures are those of the log now. Edited words stayed as they were."))
        return redirect("activities:report", report_id=report_id)
    figures, differing = _changes(found)
    context = {
        "report": found,
        "differs": bool(differing),
        "changes": told(differing),
        "kept": _kept(found, figures),
        "is_draft": found.state == PeriodReport.State.DRAFT,
    }
    return render(request, "activities/desk_compile.html", context)


@staff(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Ask once, then throw the draft away."""
    found = report_of(request, report_id)
    if request.method == "POST":
        actions.delete_report(actor=request.user, report=found)  # type: ignore[arg-type]
        messages.success(request, _("The report is thrown away."))
        return redirect("activities:reports")
    return render(request, "activities/desk_report_delete.html", {"report": found})


def _changes(found: PeriodReport) -> tuple[Figures, Changes]:
    figures = queries.figures_of(found.centre, found.starts_on, found.ends_on)
    return figures, changes(from_json(found.figures), figures)


def _kept(found: PeriodReport, figures: Figures) -> list[Section]:
    """Sections with a person's words about which the log would say something new."""
    fresh = {one.key: (one.heading, one.text) for one in compiled_sections(found, figures)}
    return [
        section
        for section in found.sections.all()
        if section.is_edited and fresh.get(section.key) != (section.compiled_heading, section.compiled_text)
    ]


def _history(found: PeriodReport) -> list[dict[str, object]]:
    lines = queries.history_of(found)
    names = dict(User.objects.filter(pk__in={line.actor_id for line in lines}).values_list("pk", "name"))
    return [{"at": line.at, "who": names.get(line.actor_id or 0, ""), "what": words_of(line.action)} for line in lines]
