"""The article: make the draft, take figures anew, edit it, publish it, make it a draft again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit.api import record
from havn.common.clock import now
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from havn.trends import words
from havn.trends.auditing import against_now, published_so_far, wait
from havn.trends.drafting import write
from havn.trends.marks import languages_marked
from havn.trends.models import Article, ArticleText
from havn.trends.permissions import check_can_publish, check_can_write
from havn.trends.queries.articles import figures_anew, figures_of
from havn.trends.rules.corrections import PUBLISHED, came_or_went, too_near, with_published
from havn.trends.rules.quarters import Quarter
from havn.trends.words_audit import not_audited

LONGEST_PART, LONGEST_TITLE = 2000, 200


def draft_article(*, actor: User, centre: Centre, quarter: Quarter) -> Article:
    """Write the draft in every language of the centre out of what is accepted now. Refused when there is one."""
    check_can_write(actor, centre)
    found = figures_of(centre, quarter)
    if found["total"] is None:
        raise Refused(_("Too few helplines reported this quarter: a total of the network needs three or more."))
    with transaction.atomic():
        Centre.objects.select_for_update().get(pk=centre.pk)
        if Article.objects.filter(centre=centre, quarter=str(quarter)).exists():
            raise Refused(_("There is an article of this quarter already."))
        article = Article.objects.create(centre=centre, quarter=str(quarter), figures=found, figures_at=now())
        wait(article)
        for language in centre.languages:
            write(article, language, actor)
        _note(actor, article, "trends.article.drafted")
    return article


def take_figures_anew(*, actor: User, article: Article) -> None:
    """Freeze the numbers as they are accepted now. Words stay as they are: what no longer matches is flagged.

    Refused where readers had others of this quarter and the difference would tell too much.
    """
    check_can_write(actor, article.centre)
    found = figures_anew(article)
    with transaction.atomic():
        stored = _locked(article)
        _check_is_draft(stored)
        if stored.figures.get(PUBLISHED, []) != found.get(PUBLISHED, []):
            raise Refused(_("This article was published meanwhile. Look at it again."))
        _check_corrections(found)
        stored.figures, stored.figures_at = found, now()
        stored.save(update_fields=["figures", "figures_at"])
        wait(stored)
        _note(actor, stored, "trends.article.figures")


@transaction.atomic
def write_anew(*, actor: User, article: Article, language: str) -> None:
    """Replace the words of one language by those that are computed from the frozen numbers."""
    check_can_write(actor, article.centre)
    stored = _locked(article)
    _check_is_draft(stored)
    if language not in stored.centre.languages:
        raise Refused(_("The network does not publish in this language."))
    write(stored, language, actor)
    _note(actor, stored, "trends.article.written")


@transaction.atomic
def save_text(
    *, actor: User, article: Article, language: str, title: str, parts: Sequence[Mapping[str, str]], seen_version: int
) -> None:
    """Keep edited words. Refused when somebody else saved meanwhile, or without a title; an empty part goes."""
    check_can_write(actor, article.centre)
    stored = _locked(article)
    _check_is_draft(stored)
    text = ArticleText.objects.select_for_update().filter(article=stored, language=language).first()
    if text is None:
        raise Refused(_("There is no text in this language yet."))
    if text.version != seen_version:
        raise Refused(_("Somebody else saved this text meanwhile. Look at it, then put your words in again."))
    if not title.strip():
        raise Refused(_("An article has a title."))
    text.title = title.strip()[:LONGEST_TITLE]
    text.parts = [
        {"key": part["key"], "text": part["text"].strip()[:LONGEST_PART]} for part in parts if part["text"].strip()
    ]
    text.version += 1
    text.changed_at, text.changed_by = now(), actor
    text.save()
    _note(actor, stored, "trends.article.edited", language=language)


def publish_article(*, actor: User, article: Article, looked: bool = False) -> None:
    """Let the public read it, with its frozen numbers. Refused until they are audited with everything that is
    published, while a number is marked and nobody says that they `looked`, and where a correction is so small that it
    tells of single contacts."""
    check_can_publish(actor, article.centre)
    so_far = published_so_far(article)
    seen = _as_it_stands(Article.objects.select_related("centre").get(pk=article.pk))
    _check_is_draft(seen.article)
    _check_corrections(seen.article.figures)
    _check_audit(seen.article)
    if not looked and (marked := languages_marked(seen.article, seen.texts)):
        raise Refused(
            _("Numbers are marked in %(languages)s. Say that you looked at them, or change them.")
            % {"languages": ", ".join(marked)}
        )
    with transaction.atomic():
        # One at a time of what can be read together: releases of the network hold its centre too.
        Centre.objects.select_for_update().get(pk=article.centre_id)
        stored = _locked(article)
        _check_is_draft(stored)
        if published_so_far(stored) != so_far:
            raise _too_late()
        if _as_it_stands(stored).version != seen.version:
            raise Refused(_("This article was changed meanwhile. Look at it again, then publish it."))
        told = with_published(stored.figures)
        # What each centre gave goes with what was told; the same numbers once more were given before.
        stored.given = [*stored.given, stored.audit["given"]][: len(told)]
        stored.figures = {**stored.figures, PUBLISHED: told}
        stored.state, stored.published_at = Article.State.PUBLISHED, now()
        stored.save(update_fields=["state", "published_at", "figures", "given"])
        _note(actor, stored, "trends.article.published")


@transaction.atomic
def withdraw_article(*, actor: User, article: Article) -> None:
    """A draft again: its page, and the quarter in the public charts, are gone."""
    check_can_publish(actor, article.centre)
    stored = _locked(article)
    if stored.state != Article.State.PUBLISHED:
        raise Refused(_("This article is a draft already."))
    stored.state, stored.published_at = Article.State.DRAFT, None
    stored.save(update_fields=["state", "published_at"])
    wait(stored, again=True)
    _note(actor, stored, "trends.article.withdrawn")


@dataclass(frozen=True)
class _Stand:
    article: Article
    texts: list[ArticleText]
    version: tuple[Any, ...]


def _as_it_stands(article: Article) -> _Stand:
    """An article with its words; `version` is another one once anything of it is changed."""
    texts = list(article.texts.order_by("pk"))
    version = (article.figures_at, article.figures, article.audit, [(one.pk, one.version) for one in texts])
    return _Stand(article, texts, version)


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("centre").get(pk=article.pk)


def _check_is_draft(article: Article) -> None:
    if article.state != Article.State.DRAFT:
        raise Refused(_("This article is published. Make it a draft again to change it."))


def _check_corrections(figures: Mapping[str, Any]) -> None:
    if names := came_or_went(figures):
        raise Refused(
            _(
                "Readers have seen this quarter before, and the difference would be the numbers of single helplines: "
                "%(names)s. It can be published again when three or more are new."
            )
            % {"names": ", ".join(names)}
        )
    if near := too_near(figures):
        told = [
            words.dimension_label(name) + ("" if code in ("all", "known") else f": {words.label(name, code)}")
            for name, code in near
        ]
        raise Refused(
            _(
                "Readers have seen this quarter before, and the difference would tell of single contacts: %(names)s. "
                "It can be published again when more is corrected."
            )
            % {"names": "; ".join(dict.fromkeys(told))}
        )


def _check_audit(article: Article) -> None:
    if sentence := not_audited(article):
        raise Refused(sentence)
    if article.audit["against"] != against_now(article.centre, article.figures):
        raise _too_late()


def _too_late() -> Refused:
    return Refused(
        _("Something else was published since these numbers were checked. Take the numbers anew, then publish it.")
    )


def _note(actor: User, article: Article, action: str, *, language: str = "all") -> None:
    subject = f"article:{article.pk}"
    record(centre_id=article.centre_id, actor_id=actor.pk, action=action, subject=subject, language=language)
