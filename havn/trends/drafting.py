"""The words of an article as they are computed: written, and written anew while nobody has edited them."""

from typing import Any

from havn.accounts.models import User
from havn.common.clock import now
from havn.trends.article import compose
from havn.trends.models import Article, ArticleText


def write(article: Article, language: str, actor: User | None) -> None:
    """Replace the words of one language by the computed ones."""
    draft = compose(article.figures, language)
    parts: list[dict[str, Any]] = [{"key": one.key, "text": one.text} for one in draft.sentences]
    text = ArticleText.objects.filter(article=article, language=language).first()
    if text is None:
        text = ArticleText(article=article, language=language)
    else:
        text.version += 1
    text.title, text.parts = draft.title, parts
    text.changed_at, text.changed_by = now(), actor
    text.save()


def rewrite_untouched(article: Article) -> None:
    """Once more, in every language in which nobody has edited what was computed at first."""
    for text in article.texts.filter(version=1).select_related("changed_by"):
        write(article, text.language, text.changed_by)
