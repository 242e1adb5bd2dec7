"""What everybody may read: factsheets that are public, by country and by recommendation, with what is validated."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.page_cache import PAGES_SECONDS, keepable
from havn.recommendations import words
from havn.recommendations.composing import blocks_of, words_of_ask
from havn.recommendations.exporting import TYPES, name_of
from havn.recommendations.files.html_out import blocks_html
from havn.recommendations.models import Ask, Citation, Factsheet, FollowUp, Recommendation
from havn.recommendations.pages import chapter_page
from havn.recommendations.queries.factsheets import documents_of, published
from havn.recommendations.queries.search import asks_found
from havn.recommendations.views.asked import part_of
from havn.recommendations.views.evidence import sent_file
from havn.recommendations.views.matrix import others_found, query_of, shown_in, wish_choices, wish_of

_PAGE = 20


@public
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """The countries, and the search in what they were asked and did."""
    wish = wish_of(request)
    asked = any(vars(wish).values())
    factsheets = published()
    readable = FollowUp.objects.filter(state=FollowUp.State.VALIDATED)
    page = None
    if asked:
        page = Paginator(asks_found(factsheets, wish, readable), _PAGE).get_page(request.GET.get("page"))
    context = {
        **wish_choices(),
        **others_found(factsheets, wish, readable),
        "factsheets": sorted(((one, words.country(one.party)) for one in factsheets), key=lambda pair: pair[1]),
        "wish": wish,
        "asked": asked,
        "page": page,
        "query": query_of(request),
        "rows": shown_in(page) if page else [],
    }
    return render(request, "recommendations/public_list.html", context)


@public
@require_safe
@keepable(PAGES_SECONDS)
def public_factsheet(request: HttpRequest, round_code: str, party: str) -> HttpResponse:
    """A country: its chapters and its files."""
    found = _factsheet(round_code, party)
    refs = Recommendation.objects.filter(citations__ask__factsheet=found).distinct()
    context = {
        "factsheet": found,
        "country": words.country(found.party),
        "parts": found.parts.select_related("chapter"),
        "recommendations": refs,
        "formats": list(found.files.order_by("format").values_list("format", flat=True)),
    }
    return render(request, "recommendations/public_factsheet.html", context)


@public
@require_safe
@keepable(PAGES_SECONDS)
def public_chapter(request: HttpRequest, round_code: str, party: str, number: str) -> HttpResponse:
    """A chapter as it stands, with its notes."""
    found = _factsheet(round_code, party)
    part = part_of(found, number)
    parts = list(found.parts.select_related("chapter"))
    at = parts.index(part)
    context = {
        "factsheet": found,
        "country": words.country(found.party),
        "part": part,
        "before": parts[at - 1] if at else None,
        "after": parts[at + 1] if at + 1 < len(parts) else None,
        "documents": documents_of(found).filter(follow_up__chapter=part.chapter),
        "body": mark_safe(chapter_page(found, part.chapter)),  # noqa: S308 - escaped there
    }
    return render(request, "recommendations/public_chapter.html", context)


@public
@require_safe
def public_file(request: HttpRequest, round_code: str, party: str, format: str) -> HttpResponse:
    """The factsheet as a file, as it was when it was published."""
    found = _factsheet(round_code, party)
    file = get_object_or_404(found.files, format=format)
    return HttpResponse(
        bytes(file.content),
        content_type=TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name_of(found, format)}"'},
    )


@public
@require_safe
def public_evidence(request: HttpRequest, round_code: str, party: str, evidence_id: int) -> HttpResponse:
    """A document that shows what is validated, to save and never to open in the page."""
    evidence = get_object_or_404(documents_of(_factsheet(round_code, party)), pk=evidence_id)
    return sent_file(evidence)


@public
@require_safe
@keepable(PAGES_SECONDS)
def public_recommendation(request: HttpRequest, round_code: str, ref: str) -> HttpResponse:
    """A recommendation: what it says, and what each country did about it."""
    found = Recommendation.objects.select_related("round__instrument", "chapter").filter(
        round__code=round_code, ref=ref
    )
    recommendation = get_object_or_404(found)
    factsheets = published().filter(round=recommendation.round)
    asks = Ask.objects.filter(factsheet__in=factsheets, citations__recommendation=recommendation).distinct()
    rows = asks.select_related("factsheet__party", "factsheet__round", "chapter").order_by(
        "factsheet__party__name", "number"
    )
    if not rows:
        raise Http404
    context = {
        "recommendation": recommendation,
        "verb": words.verb_name(recommendation.round, recommendation.verb),
        "meaning": words.verb_meaning(recommendation.round, recommendation.verb),
        "asks": sorted((_asked(ask) for ask in rows), key=lambda one: one["country"]),
    }
    return render(request, "recommendations/public_recommendation.html", context)


def _factsheet(round_code: str, party: str) -> Factsheet:
    return get_object_or_404(published(), round__code=round_code, party__slug=party)


def _asked(ask: Ask) -> dict[str, Any]:
    said = ask.follow_ups.filter(state=FollowUp.State.VALIDATED).select_related("factsheet__round")
    with override(ask.factsheet.language):
        blocks = [block for one in said.prefetch_related("evidence") for block in blocks_of(one)]
    return {
        "ask": ask,
        "country": words.country(ask.factsheet.party),
        "with": [one.recommendation.ref for one in Citation.objects.filter(ask=ask).select_related("recommendation")],
        "documents": documents_of(ask.factsheet).filter(follow_up__ask=ask),
        "text": mark_safe(blocks_html(words_of_ask(ask))),  # noqa: S308 - escaped there
        "said": mark_safe(blocks_html(blocks)),  # noqa: S308 - escaped there
    }
