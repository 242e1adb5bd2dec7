"""An editor writes and submits, a publisher publishes; nobody writes in another centre's tree."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageLogEntry

from havn.awareness.editor.groups import follow_memberships
from havn.awareness.models import ArticlePage
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client
from tests.awareness.factories import make_listing, make_site

# Wagtail's own templates ask for variables that are not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def write(client: Client, listing: Page, **more: str) -> Any:
    """Send the form of a new article below the listing."""
    form = {
        "title": "Ny sak", "slug": "ny-sak", "summary": "", "picture": "", "picture_alternative": "", "body-count": "0",
        "organisation": "", "published_on": "", "review_by": "", "section": "", "search_description": "",
        "go_live_at": "", "expire_at": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "seo_title": "",
        "comment_notifications": "", **more,
    }  # fmt: skip
    return client.post(f"/desk/editor/pages/add/awareness/articlepage/{listing.pk}/", form)


def status_of_reader() -> int:
    """What somebody outside gets at the article's address."""
    return Client(headers={"host": "testserver"}).get("/nb/aktuelt/ny-sak").status_code


def test_an_editor_submits_and_a_publisher_publishes() -> None:
    centre = make_site()
    listing = make_listing(centre)
    editor, publisher = make_staff(centre, "editor"), make_staff(centre, "publisher")
    follow_memberships(publisher)
    answer = write(signed_in_client(editor), listing, **{"action-submit": "1"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    article = ArticlePage.objects.get()
    assert not article.live
    assert article.workflow_in_progress
    assert status_of_reader() == 404
    task = article.current_workflow_task_state
    address = f"/desk/editor/pages/workflow/action/{article.pk}/approve/{task.pk}/"
    signed_in_client(editor).post(address, {"comment": ""})
    assert status_of_reader() == 404
    signed_in_client(publisher).post(address, {"comment": ""})
    assert status_of_reader() == 200
    who_did_what = {(entry.action, entry.user) for entry in PageLogEntry.objects.filter(page=article.pk)}
    assert {("wagtail.workflow.start", editor), ("wagtail.workflow.approve", publisher)} <= who_did_what


def test_an_editor_cannot_publish_by_sending_the_publisher_s_form() -> None:
    centre = make_site()
    listing = make_listing(centre)
    write(signed_in_client(make_staff(centre, "editor")), listing, **{"action-publish": "1"})
    assert status_of_reader() == 404


def test_nobody_writes_in_the_tree_of_another_centre() -> None:
    listing = make_listing(make_site())
    other = make_site("other.test")
    stranger = signed_in_client(make_staff(other, "publisher"))
    for address in (
        f"/desk/editor/pages/add/awareness/articlepage/{listing.pk}/",
        f"/desk/editor/pages/{listing.pk}/edit/",
        f"/desk/editor/pages/{listing.pk}/delete/",
    ):
        answer = stranger.get(address)
        assert answer.status_code in {302, 403}, address
        assert listing.title not in answer.content.decode()


def test_a_role_taken_away_ends_writing_at_once() -> None:
    centre = make_site()
    listing = make_listing(centre)
    editor = make_staff(centre, "editor")
    client = signed_in_client(editor)
    assert client.get(f"/desk/editor/pages/{listing.pk}/edit/").status_code == 200
    editor.memberships.all().delete()
    assert client.get(f"/desk/editor/pages/{listing.pk}/edit/").status_code == 403
    follow_memberships(editor)
    assert not editor.groups.exists()


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_the_editor_s_pages_work_under_a_policy_of_their_own_and_call_nobody(role: str) -> None:
    centre = make_site()
    listing = make_listing(centre)
    client = signed_in_client(make_staff(centre, role))
    for address in ("/desk/editor/", f"/desk/editor/pages/{listing.pk}/edit/"):
        page = client.get(address)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self' 'unsafe-inline'" in policy
        assert "frame-ancestors 'self'" in policy
        text = page.content.decode()
        assert "gravatar" not in text
        assert "releases.wagtail.org" not in text


def test_people_and_passwords_are_managed_at_our_door_alone(centre_with_site: Centre) -> None:
    client = signed_in_client(make_staff(centre_with_site, "publisher"))
    assert client.get("/desk/editor/users/").headers["Location"] == "/desk/editor/"
    assert client.get("/desk/editor/password_reset/").status_code == 404
    assert client.get("/desk/editor/login/").status_code == 404


@pytest.fixture
def centre_with_site() -> Centre:
    """A centre whose editors may enter."""
    return make_site()
