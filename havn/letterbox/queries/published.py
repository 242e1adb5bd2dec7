"""What anybody may read: published answers by words, topic and language, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, QuerySet

from havn.letterbox.models import PublishedAnswer, PublishedTopic, PublishedWord
from havn.letterbox.rules.publishing import words_of
from havn.tenancy.models import Centre, Service
from havn.vocabularies.api import label_of, terms_named

MOST_WORDS = 6
# Stands after every other character.
_LAST = chr(0x10FFFF)


@dataclass(frozen=True)
class Choice:
    """One choice of a facet, and how many answers it has."""

    code: str
    label: str
    count: int
    chosen: bool


def answers_of(centre: Centre, *, words: str = "", topic: str = "", language: str = "") -> QuerySet[PublishedAnswer]:
    """The published answers that have all these words (by their beginnings), this topic and language; latest first."""
    found = PublishedAnswer.objects.filter(centre=centre)
    for word in words_of(words)[:MOST_WORDS]:
        found = found.filter(pk__in=_beginning_with(word, centre).values("answer_id"))
    if topic:
        found = found.filter(pk__in=PublishedTopic.objects.filter(code=topic).values("answer_id"))
    if language:
        found = found.filter(language=language)
    return found.order_by("-published_on", "-pk")


def answer_named(centre: Centre, slug: str) -> PublishedAnswer | None:
    """The published answer at this address."""
    return PublishedAnswer.objects.filter(centre=centre, slug=slug).first()


def topics_of(answers: Sequence[PublishedAnswer], language: str) -> dict[int, list[str]]:
    """The names of the topics of each of these answers, in a language."""
    rows = PublishedTopic.objects.filter(answer__in=answers).order_by("code").values_list("answer_id", "code")
    terms = terms_named("topic", {code for _answer, code in rows})
    found: dict[int, list[str]] = {answer.pk: [] for answer in answers}
    for answer_id, code in rows:
        found[answer_id].append(label_of(terms[code], language).text if code in terms else code)
    return found


def topic_choices(centre: Centre, language: str, chosen: str) -> list[Choice]:
    """The topics that any published answer has, with how many; one that nothing has is no choice."""
    topics = PublishedTopic.objects.filter(answer__centre=centre).order_by().values_list("code")
    counts = dict(topics.annotate(Count("pk")))
    terms = terms_named("topic", counts)
    found = [
        Choice(code, label_of(terms[code], language).text if code in terms else code, count, code == chosen)
        for code, count in counts.items()
    ]
    return sorted(found, key=lambda one: one.label.casefold())


def language_counts(centre: Centre) -> dict[str, int]:
    """How many published answers there are by language."""
    languages = PublishedAnswer.objects.filter(centre=centre).order_by().values_list("language")
    return dict(languages.annotate(Count("pk")))


def on_site(services: Sequence[Service]) -> list[PublishedAnswer]:
    """What these helplines have on the site, the latest first."""
    return list(PublishedAnswer.objects.filter(service__in=services).order_by("-published_on", "-pk")[:200])


def shown_slug(withdraw_hash: bytes) -> str:
    """The address of what was published of a letter, found by what its code makes; "" where nothing is."""
    found = PublishedAnswer.objects.filter(withdraw_hash=withdraw_hash)
    return found.values_list("slug", flat=True).first() or ""


def _beginning_with(word: str, centre: Centre) -> QuerySet[PublishedWord]:
    """The words of a centre's answers with this beginning, by an index on both databases.

    SQLite knows an index for a span of words, not for `LIKE … ESCAPE`; PostgreSQL sorts words by a language's own
    rules, so that a span is no beginning there, and has an index for `LIKE`.
    """
    words = PublishedWord.objects.filter(answer__centre=centre)
    if connection.vendor == "sqlite":
        return words.filter(word__gte=word, word__lt=word + _LAST)
    return words.filter(word__startswith=word)
