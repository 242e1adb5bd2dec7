"""Everything that a centre keeps to itself, each with a word that nobody outside may meet, and one page of every kind
that everybody may read."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page, PageViewRestriction

from havn.awareness import models as kinds
from havn.awareness.models import EditorialPage, ListingPage, PublishedFile
from havn.awareness.queries import fronts_of, locale_for, site_of
from havn.common.clock import now
from havn.tenancy.models import Centre

SECRET, OPEN, COMMON = "verborgenwort", "sichtbarwort", "heron"
_numbers = itertools.count(1)
_DAY = dt.date(2026, 3, 1)
_SOURCE = {"title": "An act", "place": "section 1", "url": "", "read_on": _DAY}


@dataclass
class Kept:
    """What was planted: `hidden` are paths without language that lead to nothing, `shown` those that lead to a page."""

    centre: Centre
    hidden: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def _values(kind: type[EditorialPage], centre: Centre, word: str) -> dict[str, Any]:
    number = next(_numbers)
    common: dict[str, Any] = {
        "title": f"{COMMON} {word} {number}",
        "slug": f"{word}-{number}",
        "summary": f"{COMMON} {word} lead",
        "body": [("words", f"<p>{COMMON} {word} body</p>")],
        "topics": ["gaming", "cyberbullying"],
        "audiences": ["parents-carers"],
        "section": "awareness",
        "published_on": _DAY,
    }
    step = {"title": f"{word} step", "minutes": 5, "words": f"<p>{word}</p>", "teacher": "", "picture": [], "film": []}
    answer = {"question": f"{word}?", "answer": "depends", "words": f"<p>{word}</p>", "sources": [_SOURCE]}
    way = {"kind": "therapy", "title": word, "words": f"<p>{word}</p>", "sources": [_SOURCE]}
    more: dict[type[EditorialPage], dict[str, Any]] = {
        kinds.ResourcePage: {
            "aims": [],
            "lesson": [("step", step)],
            "easy": [("sentence", {"words": word, "picture": [], "sound": None})],
            "credit": word,
        },
        kinds.CampaignPage: {"starts_on": _DAY, "slogan": word},
        kinds.LawPage: {"country": "NO", "as_of": _DAY, "answers": [("answer", answer)]},
        kinds.HelpAfterReportPage: {"country": "NO", "as_of": _DAY, "ways": [("way", way)]},
        kinds.GuidePage: {"as_of": _DAY, "maker": word, "privacy": [("words", f"<p>{word}</p>")]},
    }
    return common | more.get(kind, {})


BELOW_A_LISTING = (
    kinds.ArticlePage,
    kinds.ResourcePage,
    kinds.ReportPage,
    kinds.CampaignPage,
    kinds.LawPage,
    kinds.HelpAfterReportPage,
    kinds.GuidePage,
)


def plant(centre: Centre) -> Kept:
    """Below one visible list: of every kind a page that anybody may read and one for each way to be hidden."""
    kept = Kept(centre)
    front = fronts_of(centre).get(locale__language_code="nb")
    listing = _below(front, ListingPage(title="Lista", slug="lista", summary="Alt."), live=True)
    kept.shown.append("lista")
    for kind in BELOW_A_LISTING:
        shown = _below(listing, kind(**_values(kind, centre, OPEN)), live=True)
        kept.shown.append(f"lista/{shown.slug}")
        for hide in (_draft, _for_members, _expired, _changed_back):
            page = hide(listing, kind(**_values(kind, centre, SECRET)))
            kept.hidden.append(f"lista/{page.slug}")
    # What stands below a page for members is for members.
    room = _below(listing, ListingPage(title=SECRET, slug=f"{SECRET}-rom"), live=True)
    PageViewRestriction.objects.create(page=room, restriction_type=PageViewRestriction.LOGIN)
    inner = _below(room, kinds.ArticlePage(**_values(kinds.ArticlePage, centre, SECRET)), live=True)
    kept.hidden += [f"lista/{room.slug}", f"lista/{room.slug}/{inner.slug}"]
    _draft_of_a_shown_page(listing, centre)
    kept.files = [_file(centre)]
    return kept


def _below(parent: Page, page: Any, *, live: bool) -> Any:
    page.locale = locale_for("nb")
    page.live = live
    parent.specific.add_child(instance=page)
    revision = page.save_revision(clean=False)
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def _draft(listing: Page, page: Any) -> Any:
    return _below(listing, page, live=False)


def _for_members(listing: Page, page: Any) -> Any:
    page = _below(listing, page, live=True)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def _expired(listing: Page, page: Any) -> Any:
    page = _below(listing, page, live=True)
    Page.objects.filter(pk=page.pk).update(expire_at=now() - dt.timedelta(hours=1))
    return page


def _changed_back(listing: Page, page: Any) -> Any:
    page = _below(listing, page, live=True)
    page.unpublish()
    return page


def _draft_of_a_shown_page(listing: Page, centre: Centre) -> None:
    """A page that everybody reads, with words that are not published yet."""
    page = _below(listing, kinds.ArticlePage(**_values(kinds.ArticlePage, centre, OPEN)), live=True)
    page.title = f"{COMMON} {SECRET} next"
    page.summary = SECRET
    page.save_revision(clean=False)


def _file(centre: Centre) -> str:
    site = site_of(centre)
    assert site is not None
    file = PublishedFile(title=SECRET, members_only=True, collection=site.centre_site.collection)
    file.file.save(f"{SECRET}.txt", ContentFile(SECRET.encode()))
    return str(file.url)
