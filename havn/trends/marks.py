"""What is marked in the words of an article: numbers that do not stand as computed, and words that claim one."""

from collections.abc import Mapping, Sequence

from django.utils.translation import override

from havn.trends import words
from havn.trends.article import Draft, compose
from havn.trends.models import Article, ArticleText
from havn.trends.rules.bound import not_computed
from havn.trends.rules.claims import claims_in, words_before


def marks_in(part: Mapping[str, str], composed: Draft, language: str) -> list[str]:
    """Of one paragraph. One of a person's own may use any number that was computed."""
    own = next((one for one in composed.sentences if one.key == part["key"]), None)
    everything = [bound for one in composed.sentences for bound in one.bound]
    with override(language):
        before = words.words_before_numbers() | words_before(language)
    marked = not_computed(part["text"], own.bound if own is not None else everything, words=before)
    names = [one.shown for one in everything if one.is_name]
    computed = own.text if own is not None else " ".join(one.text for one in composed.sentences)
    return [*marked, *claims_in(part["text"], language, names=names, computed=computed)]


def languages_marked(article: Article, texts: Sequence[ArticleText]) -> list[str]:
    """The languages in whose words a number is marked."""
    found = []
    for text in texts:
        composed = compose(article.figures, text.language)
        if any(marks_in(part, composed, text.language) for part in text.parts):
            found.append(text.language)
    return sorted(found)
