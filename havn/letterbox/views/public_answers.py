"""What anybody may read: questions and answers without names, and the way to take one off with its code."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from havn.common.access import public
from havn.common.language import reader_language
from havn.common.page_cache import KEEP, PAGES_SECONDS, keepable
from havn.helpline.pages import with_tokens
from havn.helpline.queries.visits import language_name
from havn.letterbox.queries.published import (
    Choice,
    answer_named,
    answers_of,
    language_counts,
    topic_choices,
    topics_of,
)
from havn.tenancy.models import Centre

PER_PAGE = 10
LONGEST = 100
ALL = "all"


@public
@require_safe
@keepable(PAGES_SECONDS)
def answers(request: HttpRequest) -> HttpResponse:
    """Published answers by words, topic and language; in the reader's own language first if there are any in it.

    The words that are searched for stand in the address, as in every search, and nowhere else.
    """
    centre: Centre = request.centre  # type: ignore[attr-defined]
    language = reader_language()
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    languages = language_counts(centre)
    topics = topic_choices(centre, language, request.GET.get("topic", "")[:50])
    topic = next((choice.code for choice in topics if choice.chosen), "")
    where = _where(request.GET.get("in", "")[:10], languages, language)
    found = Paginator(answers_of(centre, words=words, topic=topic, language=where), PER_PAGE).get_page(
        request.GET.get("page", "1")[:6]
    )
    shown = list(found.object_list)
    named = topics_of(shown, language)
    kept = {"q": words, "topic": topic, "in": where or ALL}
    context = {
        "words": words,
        "found": found,
        "cards": [{"answer": one, "topics": named[one.pk], "foreign": one.language != language} for one in shown],
        "any": bool(languages),
        "topics": topics,
        "languages": [
            Choice(code, language_name(code), count, code == where) for code, count in sorted(languages.items())
        ],
        "everywhere": not where,
        "narrowed": bool(words or topic),
        "kept": urlencode({name: value for name, value in kept.items() if value}),
    }
    response = render(request, "letterbox/public_answers.html", context)
    if words:
        response.headers[KEEP] = "0"
    return response


@public
@require_safe
@keepable(PAGES_SECONDS)
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """One question and its answer."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    found = answer_named(centre, slug)
    if found is None:
        raise Http404
    context = {"answer": found, "topics": topics_of([found], reader_language())[found.pk]}
    return render(request, "letterbox/public_answer.html", context)


@public
@require_safe
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take an answer off the site with the code of its letter."""
    context = {"done": request.GET.get("done") == "1"}
    return render(request, "letterbox/public_withdraw.html", with_tokens(request, context))


def _where(asked: str, there: dict[str, int], language: str) -> str:
    """The language to show: the one asked for, else the reader's own if anything is in it, else all ("")."""
    if asked == ALL:
        return ""
    if asked in there:
        return asked
    return language if language in there else ""
