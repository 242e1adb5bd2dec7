"""The same form as a spreadsheet: out with what is there, in again; nothing is replaced before it was shown."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havn.accounts.access import staff
from havn.common.dates import day
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language
from havn.forms import api as forms
from havn.rounds.actions.drafts import put_answers, take_figures
from havn.rounds.differences import differences, left_out
from havn.rounds.permissions import ANSWERERS
from havn.rounds.queries.rounds import place_of
from havn.rounds.rules.plain import plain
from havn.rounds.taking import figures_taken, with_documents
from havn.rounds.views.around import around
from havn.rounds.views.asked import actor_of, assignment_here
from havn.rounds.working import Work

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SENT = 2 * 1024 * 1024
MOST_FAULTS = 200


@staff(*ANSWERERS)
@require_safe
def template(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The workbook with what is answered so far, in the reader's language."""
    work = _work(request, assignment_id)
    assignment = work.assignment
    cover = forms.Cover(
        version=work.round.form_version.number,
        ref=_ref(work),
        centre=assignment.centre.name,
        period=str(around(request, work, "sheet")["period"]),
        closes=day(work.round.closes_on),
    )
    data = forms.template(work.definition, work.draft.answers, language=reader_language(), cover=cover)
    answer = HttpResponse(data, content_type=XLSX)
    name = f"{work.definition.key}-{work.round.last}-{assignment.centre.slug}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@staff(*ANSWERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Out and in. A file that is sent is read and shown; only the second press takes its answers."""
    work = _work(request, assignment_id)
    if request.method != "POST":
        return _page(request, work)
    if "answers" in request.POST:
        return _take(request, work)
    if "fill" in request.POST:
        return _fill(request, work)
    given = request.FILES.get("file")
    if given is None:
        return _page(request, work, said=_("Choose the file that you filled in."), status=422)
    try:
        found = forms.read_template(
            work.definition, given.read(), version=work.round.form_version.number, ref=_ref(work)
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, work, said=refusal.sentence, status=422)
    return _page(request, work, found=found, status=422 if found.faults else 200)


def _fill(request: HttpRequest, work: Work) -> HttpResponse:
    """Figures of the records into what is empty, so that the template has them."""
    try:
        take_figures(actor=actor_of(request), assignment_id=work.assignment.pk, figures=figures_taken(work))
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, work, said=refusal.sentence, status=409)
    messages.success(request, _("The figures of your records are in the draft. Download the template now."))
    return redirect("rounds:sheet", assignment_id=work.assignment.pk)


def _take(request: HttpRequest, work: Work) -> HttpResponse:
    sent = request.POST.get("answers", "")
    seen = request.POST.get("seen", "")
    try:
        answers = plain(json.loads(sent)) if len(sent) <= LONGEST_SENT else None
    except (ValueError, RecursionError):
        answers = None
    if not isinstance(answers, dict) or not seen.isascii() or not seen.isdigit() or len(seen) > 9:
        return _page(request, work, said=_("Choose the file that you filled in."), status=422)
    try:
        put_answers(
            actor=actor_of(request), assignment_id=work.assignment.pk, answers=_whole(work, answers), seen=int(seen)
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, work, said=refusal.sentence, status=409)
    messages.success(request, _("The answers of the file are in the draft. Check them and send them in."))
    return redirect("rounds:answer", assignment_id=work.assignment.pk)


def _page(
    request: HttpRequest, work: Work, *, found: forms.SheetAnswers | None = None, said: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {**around(request, work, "sheet"), "said": said, "draft": work.draft}
    context["offers"] = len(work.offers) if context["may_write"] else 0
    if found is not None:
        context |= _found(work, found)
    return render(request, "rounds/sheet.html", context, status=status)


def _found(work: Work, found: forms.SheetAnswers) -> dict[str, Any]:
    """What the file says, what is wrong in which cell, and what would change."""
    language, definition = reader_language(), work.definition
    answers = _whole(work, found.answers)
    checked = work.check(answers, final=False)
    faults = [one.text for one in found.faults]
    for one in checked.errors:
        where = found.located(one.path, forms.sentence(one, definition, language))
        name = forms.path_words(definition, one.path, language)
        faults.append(where.text if where.cell else f"{name}: {where.sentence}")
    return {
        "read": True,
        "faults": list(dict.fromkeys(faults))[:MOST_FAULTS],
        "can_take": not found.faults,
        "differs": differences(definition, work.draft.answers, answers, language),
        "left_out": left_out(work, answers),
        "answers": json.dumps(answers, ensure_ascii=False),
    }


def _whole(work: Work, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the draft would hold: documents stay, since no sheet has them."""
    return work.tidy(with_documents(work, answers))


def _work(request: HttpRequest, assignment_id: int) -> Work:
    work = Work(assignment_here(request, assignment_id, to_answer=True))
    place = place_of(work.assignment)
    if not place.is_open:
        raise Refused(_("This round has not opened yet."))
    return work


def _ref(work: Work) -> str:
    return f"assignment:{work.assignment.pk}"
