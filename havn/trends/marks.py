"""What is marked in the words of an article: numbers that do not stand as they were computed."""

from collections.abc import Mapping, Sequence

from django.utils.translation import override

from havn.trends import words
from havn.trends.article import Draft, compose
from havn.trends.models import Article, ArticleText
from havn.trends.rules.bound import not_computed


def marks_in(part: Mapping[str, str], composed: Draft, language: str) -> list[str]:
    """Of one paragraph. One of a person's own may use any number that was computed."""
    own = next((one.bound for one in composed.sentences if one.key == part["key"]), None)
    everything = [bound for one in composed.sentences for bound in one.bound]
    with override(language):
        return not_computed(part["text"], own if own is not None else everything, words=words.words_before_numbers())


def languages_marked(article: Article, texts: Sequence[ArticleText]) -> list[str]:
    """The languages in whose words a number is marked."""
    found = []
    for text in texts:
        composed = compose(article.figures, text.language)
        if any(marks_in(part, composed, text.language) for part in text.parts):
            found.append(text.language)
    return sorted(found)
