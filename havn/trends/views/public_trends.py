"""What anyone may read of the network's trends, at the network's own address: charts, history, a quarter's article."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.language import reader_language
from havn.trends import pages, words
from havn.trends.models import ArticleText, Break
from havn.trends.queries.articles import articles_visible_to_public
from havn.trends.queries.history import history_quarters
from havn.trends.views.asked import network_here, quarter_or_404
from havn.trends.words_breaks import break_words


@public
@require_safe
def public_trends(request: HttpRequest) -> HttpResponse:
    """Charts of the published history and the published quarters, and the articles."""
    centre = network_here(request)
    articles = [
        {"quarter": one.quarter, "name": words.quarter_label(one.quarter)} for one in articles_visible_to_public(centre)
    ]
    figures = pages.figures(centre, pages.public_series(centre))
    return render(request, "trends/public_trends.html", {"figures": figures, "articles": articles})


@public
@require_safe
def public_history(request: HttpRequest) -> HttpResponse:
    """Each published figure with the page that stated it."""
    centre = network_here(request)
    rows = pages.history_rows(centre, history_quarters(centre))
    return render(request, "trends/public_history.html", {"rows": rows})


@public
@require_safe
def public_quarter(request: HttpRequest, quarter: str) -> HttpResponse:
    """The article of a quarter with its tables, in the reader's language where it is written in it."""
    centre = network_here(request)
    name = str(quarter_or_404(quarter))
    article = articles_visible_to_public(centre).filter(quarter=name).first()
    if article is None:
        raise Http404
    texts = {text.language: text for text in ArticleText.objects.filter(article=article)}
    text = texts.get(reader_language()) or next(iter(texts.values()), None)
    breaks = Break.objects.filter(pk__in=article.figures["breaks"]).select_related("member").order_by("pk")
    context = {
        "article": article,
        "text": text,
        "name": words.quarter_label(name),
        "reported": article.figures["reported"],
        "asked": len(article.figures["reported"]) + len(article.figures["missing"]),
        "lists": pages.frozen_lists(article.figures),
        "breaks": [break_words(one) for one in breaks],
    }
    return render(request, "trends/public_quarter.html", context)
