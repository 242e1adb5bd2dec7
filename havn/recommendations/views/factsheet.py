"""A Party's factsheet on the desk: its chapters, one of them with asks and boxes, its files, and making it public."""

from collections import defaultdict

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.recommendations import actions, words
from havn.recommendations.composing import validated
from havn.recommendations.evidence import proofs_of
from havn.recommendations.exporting import EXPORTS, TYPES, file_of, name_of
from havn.recommendations.models import Ask, FollowUp
from havn.recommendations.pages import chapter_page
from havn.recommendations.permissions import (
    FILLERS,
    READERS,
    can_fill,
    can_name,
    can_prepare,
    check_can_prepare,
    is_secretariat,
    today_in,
)
from havn.recommendations.queries.factsheets import follow_ups_visible_to, kinds_for
from havn.recommendations.views.asked import centre_of, factsheet_of, is_guest, part_of, readable_of


@staff(*READERS)
@require_safe
def factsheet(request: HttpRequest, factsheet_id: int) -> HttpResponse:
    """Its chapters with what they hold, its files, and whether it is public."""
    found = readable_of(request, factsheet_id)
    centre = centre_of(request)
    prepares = is_secretariat(request.user, centre)  # type: ignore[arg-type]
    asks: dict[int, int] = defaultdict(int)
    for chapter_id in found.asks.values_list("chapter", flat=True):
        asks[chapter_id] += 1
    follow_ups: dict[int, list[FollowUp]] = defaultdict(list)
    for one in follow_ups_visible_to(centre).filter(factsheet=found):
        follow_ups[one.chapter_id].append(one)
    rows = [
        {
            "part": part,
            "asks": asks[part.chapter_id],
            "validated": sum(one.state == FollowUp.State.VALIDATED for one in follow_ups[part.chapter_id]),
            "drafts": sum(one.state != FollowUp.State.VALIDATED for one in follow_ups[part.chapter_id]),
        }
        for part in found.parts.select_related("chapter", "validator")
    ]
    context = {
        "factsheet": found,
        "country": words.country(found.party),
        "rows": rows,
        "is_guest": is_guest(request, found),
        "is_ours": found.party_id == centre.pk,
        "may_remove": can_prepare(request.user, centre, found.round)  # type: ignore[arg-type]
        and not actions.reason_to_stay(found),
        "noted": found.passages.filter(kind="noted").count(),
        "may_prepare": prepares,
    }
    return render(request, "recommendations/factsheet.html", context)


@staff(*READERS)
@require_safe
def chapter(request: HttpRequest, factsheet_id: int, number: str) -> HttpResponse:
    """One chapter: each ask with its follow-up, the text as it stands, and what daily work shows already."""
    found = readable_of(request, factsheet_id)
    centre = centre_of(request)
    readable = follow_ups_visible_to(centre).select_related("factsheet__round")
    part = part_of(found, number)
    asks = found.asks.filter(chapter=part.chapter).prefetch_related(
        "citations__recommendation", Prefetch("follow_ups", readable)
    )
    is_ours = found.party_id == centre.pk
    today = today_in(found.party)
    practices = readable.filter(factsheet=found, chapter=part.chapter, ask=None)
    context = {
        "factsheet": found,
        "is_guest": is_guest(request, found),
        "country": words.country(found.party),
        "part": part,
        "asks": [_ask(ask) for ask in asks],
        "practices": [(one, words.status_of(one)) for one in practices],
        "observations": found.observations.filter(chapter=part.chapter),
        "proofs": proofs_of(part.chapter, found.party) if is_ours else [],
        "is_ours": is_ours,
        "may_fill": can_fill(request.user, found, today),  # type: ignore[arg-type]
        "may_name": can_name(request.user, found, today),  # type: ignore[arg-type]
        "takes_practices": bool(kinds_for(FollowUp(factsheet=found, chapter=part.chapter))),
        "body": mark_safe(chapter_page(found, part.chapter, lambda one: is_ours or validated(one))),  # noqa: S308 - escaped there
    }
    return render(request, "recommendations/chapter.html", context)


@staff(*READERS)
@require_safe
def export(request: HttpRequest, factsheet_id: int, format: str) -> HttpResponse:
    """The factsheet as a file: what is validated, with `?drafts=1` also what is not yet, marked as such."""
    found = factsheet_of(request, factsheet_id)
    if format not in EXPORTS:
        raise Http404
    drafts = request.GET.get("drafts") == "1" and found.party_id == centre_of(request).pk
    content = file_of(found, format, (lambda _one: True) if drafts else validated)
    return HttpResponse(
        content,
        content_type=TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name_of(found, format)}"'},
    )


@staff(*FILLERS)
@require_POST
def publish(request: HttpRequest, factsheet_id: int) -> HttpResponse:
    """Let everybody read it, or make its files anew."""
    found = factsheet_of(request, factsheet_id)
    with_pdf = actions.publish_factsheet(actor=request.user, centre=centre_of(request), factsheet=found)  # type: ignore[arg-type]
    messages.success(request, _("The factsheet is public, with what is validated today."))
    if not with_pdf:
        messages.warning(request, _("This server cannot make PDFs yet: there are HTML and Word files only."))
    return redirect("recommendations:factsheet", factsheet_id=factsheet_id)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, factsheet_id: int) -> HttpResponse:
    """Ask once, then take a factsheet away that was imported by mistake."""
    found = factsheet_of(request, factsheet_id)
    centre = centre_of(request)
    check_can_prepare(request.user, centre, found.round)  # type: ignore[arg-type]
    if request.method == "POST":
        actions.remove_factsheet(actor=request.user, centre=centre, factsheet=found)  # type: ignore[arg-type]
        messages.success(request, _("The factsheet is removed."))
        return redirect("recommendations:desk")
    context = {
        "factsheet": found,
        "country": words.country(found.party),
        "reason": actions.reason_to_stay(found),
    }
    return render(request, "recommendations/factsheet_remove.html", context)


@staff(*FILLERS)
@require_POST
def withdraw(request: HttpRequest, factsheet_id: int) -> HttpResponse:
    """Take it back from the public."""
    found = factsheet_of(request, factsheet_id)
    actions.withdraw_factsheet(actor=request.user, centre=centre_of(request), factsheet=found)  # type: ignore[arg-type]
    messages.success(request, _("The factsheet is not public any more."))
    return redirect("recommendations:factsheet", factsheet_id=factsheet_id)


def _ask(ask: Ask) -> dict[str, object]:
    return {
        "ask": ask,
        "verb": words.verb_name(ask.factsheet.round, ask.verb),
        "refs": [citation.recommendation for citation in ask.citations.all()],
        "follow_ups": [(one, words.status_of(one)) for one in ask.follow_ups.all()],
    }
