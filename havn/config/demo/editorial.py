"""What the demo's centres publish: invented texts about real themes, in the languages of their readers."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page

from havn.awareness.actions.sites import open_site
from havn.awareness.models import (
    ArticlePage,
    CampaignCountryPage,
    CampaignPage,
    EditorialPage,
    GuidePage,
    HelpAfterReportPage,
    LawPage,
    ListingPage,
    PlainPage,
    ProfilePage,
    ProfilePartPage,
    ReportPage,
    ResourcePage,
)
from havn.awareness.queries import fronts_of, locale_for
from havn.common.clock import now
from havn.config.demo.drawings import with_files
from havn.config.demo.pages import slug_of, texts_of
from havn.config.demo.pages.text import Text
from havn.tenancy.models import Centre, Organisation

KINDS: dict[str, type[EditorialPage]] = {
    "listing": ListingPage,
    "article": ArticlePage,
    "page": PlainPage,
    "resource": ResourcePage,
    "report": ReportPage,
    "campaign": CampaignPage,
    "country": CampaignCountryPage,
    "law": LawPage,
    "help-after-report": HelpAfterReportPage,
    "guide": GuidePage,
    "profile": ProfilePage,
    "part": ProfilePartPage,
}


def load_editorial(centre: Centre) -> None:
    """The centre's tree with its pages in each language. Done once: what editors change afterwards stays."""
    open_site(centre)
    main = fronts_of(centre).get(locale__language_code=centre.default_language)
    if main.get_children().exists():
        return
    organisations = {one.slug: one for one in centre.organisations.all()}
    for language in centre.languages:
        front = fronts_of(centre).get(locale__language_code=language)
        for text in texts_of(centre.slug, language):
            _add(_parent(front, text, language, centre), text, language, organisations, centre)


def _add(
    parent: EditorialPage,
    text: Text,
    language: str,
    organisations: dict[str, Organisation],
    centre: Centre,
) -> None:
    today = now().astimezone(ZoneInfo(centre.time_zone)).date()
    values: dict[str, Any] = {
        "title": text.title,
        "slug": text.slug,
        "summary": text.summary,
        "body": [(kind, value) for kind, value in text.body],
        "locale": locale_for(language),
        "organisation": organisations.get(text.organisation),
        "published_on": today - dt.timedelta(days=text.days_ago) if text.days_ago is not None else None,
        "review_by": today + dt.timedelta(days=text.review_in) if text.review_in is not None else None,
        "show_in_menus": text.kind in {"listing", "page"},
        **with_files(text.more, centre),
    }
    if "owner_organisation" in values:
        values["owner_organisation"] = organisations[values["owner_organisation"]]
    page = KINDS[text.kind](**values)
    other = _same_elsewhere(centre, text, language)
    if other is not None:
        page.translation_key = other
    parent.add_child(instance=page)
    page.save_revision(clean=False).publish()
    for below in text.below:
        _add(page, below, language, organisations, centre)


def _parent(front: EditorialPage, text: Text, language: str, centre: Centre) -> EditorialPage:
    """Where a text of the first level hangs. Read anew: the tree has grown since."""
    slug = slug_of(centre.slug, language, text.under) if text.under else None
    row = front.get_descendants().get(slug=slug) if slug else Page.objects.get(pk=front.pk)
    page = row.specific
    assert isinstance(page, EditorialPage)
    return page


def _same_elsewhere(centre: Centre, text: Text, language: str) -> object:
    """The key of the same text in another language, matched by its `key`."""
    for code in centre.languages:
        slug = slug_of(centre.slug, code, text.key) if code != language else None
        for front in fronts_of(centre).filter(locale__language_code=code) if slug else ():
            found = front.get_descendants().filter(slug=slug).values_list("translation_key", flat=True).first()
            if found is not None:
                return found
    return None
