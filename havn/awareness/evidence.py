"""Published pages as something to point at: the log of activities, and whatever else asks what daily work shows."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from havn.activities.api import EvidenceKind, Thing, register_kind
from havn.awareness.models import ArticlePage, CampaignPage, GuidePage, ResourcePage
from havn.awareness.queries import visible_pages
from havn.common.language import reader_language
from havn.tenancy.models import Centre

_KINDS = (ArticlePage, CampaignPage, GuidePage, ResourcePage)
_MOST = 300


def register() -> None:
    """The kind that this app brings. Called from AppConfig.ready()."""
    register_kind(EvidenceKind("page", lambda: _("Page"), _pages, _page))


def _pages(centre: Centre) -> list[Thing]:
    """One for each page, whatever its languages: in the reader's where there is one."""
    found = visible_pages(centre).type(_KINDS).order_by("-first_published_at", "-pk")[:_MOST].specific()
    chosen: dict[object, ArticlePage] = {}
    for page in found:
        known = chosen.get(page.translation_key)
        if known is None or (page.language == reader_language() and known.language != reader_language()):
            chosen[page.translation_key] = page
    return [_as_thing(page, centre) for page in chosen.values()]


def _page(centre: Centre, number: int) -> Thing | None:
    found = visible_pages(centre).type(_KINDS).filter(pk=number).specific().first()
    return _as_thing(found, centre) if found else None


def _as_thing(page: ArticlePage, centre: Centre) -> Thing:
    out = page.first_published_at
    day = page.published_on or (out.astimezone(ZoneInfo(centre.time_zone)).date() if out else None)
    return Thing(page.pk, page.title, page.url or "", day, topics=tuple(page.topics))
