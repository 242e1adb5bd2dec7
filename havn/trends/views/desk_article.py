"""The quarterly article: made from computed numbers, edited, checked against them, published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.common.errors import NotAllowed, Refused
from havn.trends import pages, words
from havn.trends.actions import articles as actions
from havn.trends.article import Draft, compose
from havn.trends.auditing import as_audited
from havn.trends.marks import languages_marked, marks_in
from havn.trends.models import Article, ArticleText
from havn.trends.permissions import PUBLISHERS, READERS, WRITERS, can_publish, can_write
from havn.trends.queries.articles import figures_anew as figures_now
from havn.trends.rules.bound import left_out
from havn.trends.views.asked import actor_of, article_or_404, network_here, quarter_or_404
from havn.trends.words_audit import audit_told

OWN_PARTS = 2
_LARGEST_VERSION = 2**31


@staff(*WRITERS)
@require_POST
def draft(request: HttpRequest, quarter: str) -> HttpResponse:
    """Write the draft of a quarter."""
    centre = network_here(request)
    actions.draft_article(actor=actor_of(request), centre=centre, quarter=quarter_or_404(quarter))
    messages.success(request, _("The draft is written. Read it, and change what is not said well."))
    return redirect("trends:article", quarter=quarter)


@staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, quarter: str) -> HttpResponse:
    """The words in one language beside where each number comes from; a writer saves them."""
    found = article_or_404(network_here(request), quarter)
    language = request.POST.get("language") or request.GET.get("language") or found.centre.default_language
    text = ArticleText.objects.filter(article=found, language=language).first()
    if text is None:
        raise Http404
    composed = compose(found.figures, language)
    parts, title, said = text.parts, text.title, ""
    if request.method == "POST":
        title, parts = request.POST.get("title", ""), _posted(request)
        try:
            actions.save_text(
                actor=actor_of(request), article=found, language=language, title=title, parts=parts,
                seen_version=_version(request),
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as refusal:
            said = refusal.sentence
        else:
            messages.success(request, _("The words are saved."))
            said = _then(request, found)
            if not said:
                return redirect(f"{request.path}?language={language}")
            text.refresh_from_db()
            title, parts = text.title, text.parts
    context = _context(request, found, text, composed, parts, title)
    return render(request, "trends/desk_article.html", {**context, "said": said}, status=409 if said else 200)


def _then(request: HttpRequest, found: Article) -> str:
    """What was asked for together with saving. Returns why it is refused, with the words saved all the same."""
    try:
        match request.POST.get("then"):
            case "publish":
                actions.publish_article(actor=actor_of(request), article=found, looked=_looked(request))
                messages.success(request, _("The article is published."))
            case "figures":
                actions.take_figures_anew(actor=actor_of(request), article=found)
                messages.success(request, _taken_anew())
    except NotAllowed:
        raise
    except Refused as refusal:
        return refusal.sentence
    return ""


def _looked(request: HttpRequest) -> bool:
    return request.POST.get("looked") == "1"


def _taken_anew() -> str:
    return _("The numbers are those that are accepted now. Words that no longer match are marked.")


def _context(
    request: HttpRequest, found: Article, text: ArticleText, composed: Draft, parts: list[dict[str, str]], title: str
) -> dict[str, Any]:
    is_draft = found.state == Article.State.DRAFT
    return {
        "article": found,
        "name": words.quarter_label(found.quarter),
        "text": text,
        "title": title,
        "parts": [_part(one, composed, text.language) for one in parts],
        "own_parts": range(OWN_PARTS) if is_draft else (),
        "not_said": [one for one in composed.sentences if one.key not in {part["key"] for part in parts}],
        "languages": found.centre.languages,
        "is_draft": is_draft,
        "is_stale": as_audited(found, figures_now(found)) != found.figures,
        "audit": audit_told(found),
        "may_write": can_write(actor_of(request), found.centre) and is_draft,
        "may_publish": can_publish(actor_of(request), found.centre),
        "marked": languages_marked(found, list(found.texts.all())) if is_draft else [],
        "lists": pages.frozen_lists(found.figures),
    }


def _part(part: dict[str, str], composed: Draft, language: str) -> dict[str, Any]:
    """A sentence with the numbers that were computed for it, and what is marked in it."""
    own = next((one.bound for one in composed.sentences if one.key == part["key"]), ())
    return {
        **part,
        "bound": own,
        "not_computed": marks_in(part, composed, language),
        "left_out": left_out(part["text"], own),
    }


def _posted(request: HttpRequest) -> list[dict[str, str]]:
    """The parts as they were written, in order, with those that a person added."""
    keys, texts = request.POST.getlist("key"), request.POST.getlist("part")
    known = {key for key in keys if key.isidentifier() or key.replace("-", "").isidentifier()}
    return [
        {"key": key if key in known else "own", "text": text.replace("\x00", "")}
        for key, text in zip(keys, texts, strict=False)
    ][:40]


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else _LARGEST_VERSION


@staff(*WRITERS)
@require_POST
def figures_anew(request: HttpRequest, quarter: str) -> HttpResponse:
    """Freeze the numbers as they are accepted now."""
    actions.take_figures_anew(actor=actor_of(request), article=article_or_404(network_here(request), quarter))
    messages.success(request, _taken_anew())
    return redirect("trends:article", quarter=quarter)


@staff(*WRITERS)
@require_POST
def words_anew(request: HttpRequest, quarter: str) -> HttpResponse:
    """Replace the words of a language by the computed ones."""
    language = request.POST.get("language", "")
    found = article_or_404(network_here(request), quarter)
    actions.write_anew(actor=actor_of(request), article=found, language=language)
    messages.success(request, _("The words are written anew."))
    return redirect("trends:article", quarter=quarter)


@staff(*PUBLISHERS)
@require_POST
def publish(request: HttpRequest, quarter: str) -> HttpResponse:
    """Let the public read it."""
    found = article_or_404(network_here(request), quarter)
    actions.publish_article(actor=actor_of(request), article=found, looked=_looked(request))
    messages.success(request, _("The article is published."))
    return redirect("trends:article", quarter=quarter)


@staff(*PUBLISHERS)
@require_POST
def withdraw(request: HttpRequest, quarter: str) -> HttpResponse:
    """A draft again."""
    actions.withdraw_article(actor=actor_of(request), article=article_or_404(network_here(request), quarter))
    messages.success(request, _("The article is a draft again. The public does not see it any more."))
    return redirect("trends:article", quarter=quarter)
