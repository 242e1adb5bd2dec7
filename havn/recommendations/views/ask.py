"""One ask with its recommendations, its follow-up and what others say; and the words of a recommendation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havn.accounts.access import staff
from havn.recommendations import actions, words
from havn.recommendations.forms import RecommendationForm, RemarkForm
from havn.recommendations.models import Ask, Recommendation
from havn.recommendations.permissions import (
    FILLERS,
    READERS,
    SPEAKERS,
    can_comment,
    can_fill,
    check_can_prepare,
    check_is_secretariat,
    today_in,
)
from havn.recommendations.queries.factsheets import follow_ups_visible_to, remarks_visible_to
from havn.recommendations.views.asked import ask_of, centre_of, is_guest, part_of, remark_of


@staff(*READERS)
@require_safe
def ask(request: HttpRequest, ask_id: int) -> HttpResponse:
    """What is asked for, by which recommendations, and everything that was said about it."""
    return _page(request, ask_of(request, ask_id), None)


@staff(*SPEAKERS)
@require_POST
def add_remark(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Keep a comment, or what children contributed."""
    found = ask_of(request, ask_id)
    form = RemarkForm(request.POST, ask=found)
    if not form.is_valid():
        return _page(request, found, form)
    actions.add_remark(actor=request.user, ask=found, today=today_in(found.factsheet.party), **form.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, _("Your words are kept."))
    return redirect("recommendations:ask", ask_id=ask_id)


@staff(*SPEAKERS)
@require_POST
def delete_remark(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Take one's own words back."""
    remark = remark_of(request, remark_id)
    actions.delete_remark(actor=request.user, remark=remark, today=today_in(remark.factsheet.party))  # type: ignore[arg-type]
    messages.success(request, _("Your words are taken back."))
    return redirect("recommendations:ask", ask_id=remark.ask_id)


@staff(*FILLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, recommendation_id: int) -> HttpResponse:
    """The secretariat fills in what a recommendation says: a factsheet only cites its id."""
    centre = centre_of(request)
    check_is_secretariat(request.user, centre)  # type: ignore[arg-type]
    found = get_object_or_404(Recommendation.objects.select_related("round", "chapter"), pk=recommendation_id)
    check_can_prepare(request.user, centre, found.round)  # type: ignore[arg-type]
    first = {"verb": found.verb, "text": found.text}
    form = RecommendationForm(request.POST if request.method == "POST" else None, initial=first, round=found.round)
    if request.method == "POST" and form.is_valid():
        actions.save_recommendation(actor=request.user, centre=centre, recommendation=found, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("The words of the recommendation are kept."))
        return redirect("recommendations:matrix")
    asks = (
        found.asks.filter(factsheet__is_ready=True)
        .select_related("factsheet__party")
        .order_by("factsheet__party__name", "number")
    )
    context = {
        "recommendation": found,
        "form": form,
        "asks": [(one, words.country(one.factsheet.party)) for one in asks],
    }
    return render(request, "recommendations/recommendation.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, found: Ask, form: RemarkForm | None) -> HttpResponse:
    today = today_in(found.factsheet.party)
    sheet = found.factsheet
    centre = centre_of(request)
    said = follow_ups_visible_to(centre).filter(ask=found).select_related("factsheet__round")
    remarks = remarks_visible_to(centre, request.user.pk or 0).filter(ask=found)
    context = {
        "is_guest": is_guest(request, sheet),
        "ask": found,
        "part": part_of(sheet, found.chapter.number),
        "country": words.country(sheet.party),
        "verb": words.verb_name(sheet.round, found.verb),
        "citations": found.citations.select_related("recommendation", "footnote"),
        "follow_ups": [(one, words.status_of(one)) for one in said],
        "remarks": remarks.select_related("written_by", "recommendation"),
        "may_fill": can_fill(request.user, sheet, today),  # type: ignore[arg-type]
        "form": (form or RemarkForm(ask=found)) if can_comment(request.user, sheet, today) else None,  # type: ignore[arg-type]
        "user_id": request.user.pk,
    }
    return render(request, "recommendations/ask.html", context, status=422 if form is not None else 200)
