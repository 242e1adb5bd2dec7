"""A centre offers a page to the network's portal; the network takes it over or says why not."""

from typing import Any

import pytest
from django.test import Client

from havn.awareness.models import Adaptation, ArticlePage, CentreSite, Offer, ResourcePage
from havn.awareness.rules.offers import ACCEPTED, DECLINED, WAITING, WITHDRAWN, after
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_article, make_listing, make_site
from tests.awareness.test_adapt import make_resource, read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
PORTAL = "portal.test"


def test_only_what_waits_can_be_answered_or_taken_back() -> None:
    assert after(WAITING, "accept") == ACCEPTED
    assert after(WAITING, "decline") == DECLINED
    assert after(WAITING, "withdraw") == WITHDRAWN
    for state in (ACCEPTED, DECLINED, WITHDRAWN):
        assert {after(state, verb) for verb in ("accept", "decline", "withdraw")} == {None}


class Story:
    """A centre with a published article, the network's portal, and a publisher at each."""

    def __init__(self) -> None:
        self.centre = make_site()
        self.network = make_site(PORTAL, ("en", "nb"))
        Centre.objects.filter(pk=self.network.pk).update(kind=Centre.Kind.NETWORK, country_code="EU")
        self.network.refresh_from_db()
        self.list_here = make_listing(self.centre)
        self.article = make_article(self.list_here, title="Nytt fra oss", slug="nytt")
        self.list_there = make_listing(self.network, "nb", title="Fra sentrene", slug="fra-sentrene")
        self.publisher = signed_in_client(make_staff(self.centre, "publisher"))
        self.portal = signed_in_client(make_staff(self.network, "publisher"), host=PORTAL)

    def offer(self, page: Any = None, note: str = "Passer for alle.") -> Any:
        return self.publisher.post(f"/desk/pages/{(page or self.article).pk}/offer", {"note": note})

    def answer(self, verb: str, **form: object) -> Any:
        return self.portal.post(f"/desk/pages/offers/{Offer.objects.get().pk}/{verb}", form)


def test_an_offer_is_seen_read_and_published_in_the_portal_with_credit() -> None:
    story = Story()
    assert "Offer it" in story.publisher.get(f"/desk/pages/{story.article.pk}/offer").content.decode()
    assert story.offer().status_code == 302
    waiting = story.portal.get("/desk/pages/offers").content.decode()
    assert "Nytt fra oss" in waiting
    assert "Passer for alle." in waiting
    one = story.portal.get(f"/desk/pages/offers/{Offer.objects.get().pk}").content.decode()
    assert 'href="http://testserver/nb/aktuelt/nytt"' in one
    assert "(1)" in waiting.split("</nav>")[0]
    assert story.answer("accept", listing=story.list_there.pk, publish="yes").status_code == 302
    copy = Offer.objects.get(state="accepted").copy
    assert copy is not None
    article = ArticlePage.objects.get(pk=copy.pk)
    assert article.live
    assert article.published_on is not None
    row = Adaptation.objects.get()
    assert (row.how, row.source_id, row.credit) == ("taken-over", story.article.pk, story.centre.name)
    text = read("/nb/fra-sentrene/nytt", PORTAL)
    assert "http://testserver/nb/aktuelt/nytt" in text
    own = story.publisher.get("/desk/pages/offers").content.decode()
    assert f"http://{PORTAL}/nb/fra-sentrene/nytt" in own
    assert "Accepted" in own
    assert story.offer().status_code == 409
    assert story.answer("decline", reason="Too late").status_code == 409


def test_it_may_be_taken_over_as_a_draft_and_in_another_language_only_so() -> None:
    story = Story()
    story.offer()
    english = make_listing(story.network, "en", title="From centres", slug="from-centres")
    assert story.answer("accept", listing=english.pk, publish="yes").status_code == 409
    assert Offer.objects.get().state == "waiting"
    assert story.answer("accept", listing=english.pk).status_code == 302
    copy = ArticlePage.objects.exclude(pk=story.article.pk).get()
    assert not copy.live
    assert Client(headers={"host": PORTAL}).get("/en/from-centres/nytt").status_code == 404


def test_a_resource_comes_with_its_files_and_licence() -> None:
    story = Story()
    resource = make_resource(story.list_here, licence="reserved")
    story.offer(resource)
    story.answer("accept", listing=story.list_there.pk, publish="yes")
    copy = ResourcePage.objects.exclude(pk=resource.pk).get()
    assert (copy.licence, copy.credit, copy.live) == ("reserved", "Kari Nordmann", True)
    assert copy.picture is not None
    assert copy.picture.collection == CentreSite.objects.get(centre=story.network).collection


def test_a_refusal_has_a_reason_that_the_centre_reads_and_may_be_answered_by_a_new_offer() -> None:
    story = Story()
    story.offer()
    assert story.answer("decline", reason=" ").status_code == 409
    assert story.answer("decline", reason="Please add sources.").status_code == 302
    own = story.publisher.get("/desk/pages/offers").content.decode()
    assert "Please add sources." in own
    assert "Declined" in own
    assert story.offer().status_code == 302


def test_an_offer_is_taken_back_while_it_waits_by_its_own_centre_alone() -> None:
    story = Story()
    story.offer()
    assert story.offer().status_code == 409
    number = Offer.objects.get().pk
    other = signed_in_client(make_staff(make_site("other.test"), "publisher"), host="other.test")
    assert other.post(f"/desk/pages/offers/{number}/withdraw").status_code == 404
    assert other.get(f"/desk/pages/offers/{number}").status_code == 403
    assert story.publisher.post(f"/desk/pages/offers/{number}/withdraw").status_code == 302
    assert story.answer("accept", listing=story.list_there.pk).status_code == 409
    assert "Nothing waits" in story.portal.get("/desk/pages/offers").content.decode()


def test_who_may_not_and_what_may_not_be_offered() -> None:
    story = Story()
    editor = signed_in_client(make_staff(story.centre, "editor"))
    assert editor.post(f"/desk/pages/{story.article.pk}/offer").status_code == 403
    draft = make_article(story.list_here, live=False)
    elsewhere = make_article(make_listing(make_site("other.test")))
    for page in (draft, elsewhere, story.list_here):
        assert story.publisher.get(f"/desk/pages/{page.pk}/offer").status_code == 404, page
    there = make_article(story.list_there)
    assert story.portal.post(f"/desk/pages/{there.pk}/offer").status_code == 409
    story.offer()
    network_editor = signed_in_client(make_staff(story.network, "editor"), host=PORTAL)
    number = Offer.objects.get().pk
    for verb in ("accept", "decline"):
        assert network_editor.post(f"/desk/pages/offers/{number}/{verb}", {"reason": "no"}).status_code == 403
    own = story.publisher.post(f"/desk/pages/offers/{number}/accept", {"listing": story.list_here.pk})
    assert own.status_code == 403
    assert Offer.objects.get().state == "waiting"
    assert story.portal.get("/desk/pages/offers/99999999999999999999").status_code == 404


def test_a_page_taken_back_meanwhile_cannot_be_taken_over() -> None:
    story = Story()
    story.offer()
    story.article.unpublish()
    assert story.answer("accept", listing=story.list_there.pk).status_code == 409
    assert (
        "has taken this page back" in story.portal.get(f"/desk/pages/offers/{Offer.objects.get().pk}").content.decode()
    )


def test_the_editor_s_menu_offers_what_may_be_offered_to_publishers() -> None:
    story = Story()
    listing = f"/desk/editor/pages/{story.list_here.pk}/"
    assert f"/desk/pages/{story.article.pk}/offer" in story.publisher.get(listing).content.decode()
    editor = signed_in_client(make_staff(story.centre, "editor"))
    assert f"/desk/pages/{story.article.pk}/offer" not in editor.get(listing).content.decode()
