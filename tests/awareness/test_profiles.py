"""Profiles: facts with their honesty, words of each organisation by its own people alone, and the network's list."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from havn.accounts.models import User
from havn.awareness.editor.groups import follow_memberships
from havn.awareness.models import EditorialPage, ProfilePage, ProfilePartPage
from havn.awareness.queries import fronts_of, locale_for
from havn.tenancy.models import Centre, Organisation
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.awareness.factories import make_site
from tests.directory.factories import make_country, make_line, make_way

# Wagtail's own templates ask for variables that are not always there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def add(parent: Page, page: EditorialPage, language: str, *, live: bool = True) -> Any:
    """Add a page, published unless told otherwise."""
    page.locale, page.live = locale_for(language), live
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def make_profile(centre: Centre, language: str = "nb", **values: Any) -> ProfilePage:
    """A published profile below the front."""
    front = fronts_of(centre).get(locale__language_code=language)
    page = ProfilePage(**{"title": "Profilen", "slug": "profil", "body": [("words", "<p>Hvem vi er.</p>")], **values})
    return add(front, page, language)  # type: ignore[no-any-return]


def make_part(profile: ProfilePage, owner: Organisation, *, live: bool = True, **values: Any) -> ProfilePartPage:
    """A part of it, of one organisation."""
    known = {"title": "Hjelpelinjen", "slug": f"del-{owner.pk}", "strand": "helpline"}
    part = ProfilePartPage(**{**known, "owner_organisation": owner, **values})
    return add(profile, part, profile.language, live=live)  # type: ignore[no-any-return]


def read(address: str, host: str = "testserver") -> str:
    answer = Client(headers={"host": host}).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def words_of(html: str) -> str:
    """The text of the main part, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())


def first(centre: Centre) -> Organisation:
    return centre.organisations.order_by("pk")[0]


class TestWhatAReaderSees:
    def test_strands_stand_in_order_with_the_facts_of_the_directory_and_what_is_not_known(self) -> None:
        centre = make_site()
        service = first(centre).services.get()
        make_profile(centre, funding="non-member-state")
        from havn.centres.models import ContactPoint

        ContactPoint.objects.create(service=service, channel="phone", number="800 33 321")
        html = read("/en/profil")
        places = [html.index(f'id="{code}"') for code in ("awareness", "helpline", "hotline", "youth")]
        assert places == sorted(places)
        words = words_of(html)
        assert "800 33 321" in words
        assert "Nobody has confirmed this yet." in words
        assert "We don't know of a hotline in this country." in words.replace("&#x27;", "'")
        assert "Nobody has written here yet how young people take part." in words
        assert "grant agreement for non-Member States" in words
        assert "In danger: call 112" in words

    def test_words_of_a_published_part_stand_with_who_wrote_them_and_a_draft_does_not(self) -> None:
        centre = make_site()
        profile = make_profile(centre)
        sections = [("about", "<p>Vi svarer barn.</p>"), ("who_answers", "<p>Frivillige.</p>")]
        make_part(profile, first(centre), sections=sections, social_media="https://social.example/oss")
        make_part(
            profile, make_organisation(centre), live=False, strand="hotline", sections=[("about", "<p>Hemmelig.</p>")]
        )
        html = read("/nb/profil")
        assert "Vi svarer barn." in html
        assert first(centre).name in html
        assert 'href="https://social.example/oss"' in html
        assert "Hemmelig" not in html

    def test_a_part_taken_back_leaves_the_facts_and_the_sentence_that_words_are_missing(self) -> None:
        centre = make_site()
        part = make_part(make_profile(centre), first(centre), sections=[("about", "<p>Vi svarer barn.</p>")])
        assert "The helpline has not written" not in read("/en/profil")
        part.unpublish()
        html = read("/en/profil")
        assert "Vi svarer barn." not in html
        assert "The helpline has not written about itself here yet." in html

    def test_the_month_of_the_newest_publication_of_the_profile_or_a_part_is_said(self) -> None:
        centre = make_site()
        profile = make_profile(centre)
        part = make_part(profile, first(centre))
        hidden = make_part(profile, make_organisation(centre))
        moments = ((profile, 2024, 3), (part, 2024, 10), (hidden, 2025, 1))
        for page, year, month in moments:
            Page.objects.filter(pk=page.pk).update(last_published_at=dt.datetime(year, month, 5, tzinfo=dt.UTC))
        Page.objects.filter(pk=hidden.pk).update(live=False)
        front = fronts_of(centre).get(locale__language_code="nb")
        assert ProfilePage.objects.child_of(front).count() == 1
        assert "Profile last updated: October 2024" in read("/en/profil")

    def test_a_part_that_is_missing_in_this_language_is_shown_in_the_other_and_says_so(self) -> None:
        centre = make_site()
        profile = make_profile(centre)
        make_part(profile, first(centre), sections=[("about", "<p>Vi svarer barn.</p>")])
        english = make_profile(centre, "en", title="Profile", slug="profile", translation_key=profile.translation_key)
        html = read(str(english.url))
        assert "This part is not written in this language yet" in html
        assert '<div class="profile__part" lang="nb">' in html

    def test_partners_stand_by_kind_and_organisations_with_their_website(self) -> None:
        centre = make_site()
        Organisation.objects.filter(pk=first(centre).pk).update(website="https://org.example/")
        names = [{"name": "Kunnskapsdepartementet", "url": "https://dep.example/"}, {"name": "Rådet", "url": ""}]
        make_profile(centre, partners=[("group", {"kind": "ministry", "names": names})])
        html = read("/en/profil")
        assert ">Ministries</h3>" in html
        assert (
            '<a class="ds-link" href="https://dep.example/" rel="noreferrer noopener">Kunnskapsdepartementet</a>'
            in html
        )
        assert "https://org.example/" in html

    def test_a_part_has_a_page_of_its_own_with_the_facts_of_its_strand_alone(self) -> None:
        centre = make_site()
        part = make_part(make_profile(centre), first(centre))
        html = read(str(part.url))
        assert 'id="helpline"' in html
        assert 'id="hotline"' not in html

    def test_a_demo_makes_no_number_a_link(self, settings: Any) -> None:
        centre = make_site()
        make_profile(centre)
        from havn.centres.models import ContactPoint

        ContactPoint.objects.create(service=first(centre).services.get(), channel="phone", number="800 33 321")
        assert 'href="tel:' in read("/nb/profil")
        settings.DEMO = True
        html = read("/nb/profil").partition("<main")[2].partition("</main>")[0]
        assert "800 33 321" in html
        assert "tel:" not in html


def form_of(part: ProfilePartPage | None = None, **more: str) -> dict[str, str]:
    """The fields that the editor sends for a part."""
    form = {
        "title": "Hjelpelinjen",
        "slug": "del",
        "summary": "",
        "strand": "helpline",
        "owner_organisation": "",
        "sections-count": "0",
        "social_media": "",
        "organisation": "",
        "published_on": "",
        "review_by": "",
        "section": "",
        "search_description": "",
        "seo_title": "",
        "go_live_at": "",
        "expire_at": "",
        "comment_notifications": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    if part is not None:
        form |= {"title": part.title, "slug": part.slug, "strand": part.strand}
        form["owner_organisation"] = str(part.owner_organisation_id)
    return {**form, **more}


class Table:
    """A centre with two organisations, a person for each role in each, and a part of the first one, out already."""

    def __init__(self) -> None:
        self.centre = make_site()
        self.a, self.b = first(self.centre), make_organisation(self.centre)
        self.people: dict[str, User] = {
            f"{role} {name}": make_staff(organisation, role)
            for role in ("editor", "publisher")
            for name, organisation in (("a", self.a), ("b", self.b))
        }
        for person in self.people.values():
            follow_memberships(person)
        self.profile = make_profile(self.centre)
        self.part = make_part(self.profile, self.a)

    def client(self, who: str) -> Client:
        return signed_in_client(self.people[who])

    def edit(self, who: str, **more: str) -> Any:
        return self.client(who).post(f"/desk/editor/pages/{self.part.pk}/edit/", form_of(self.part, **more))

    def now(self) -> ProfilePartPage:
        return ProfilePartPage.objects.get(pk=self.part.pk)


@pytest.fixture
def table() -> Table:
    return Table()


WHO = ("editor a", "publisher a", "editor b", "publisher b")


class TestWhoseHandsAPartIsIn:
    @pytest.mark.parametrize("who", WHO)
    def test_only_people_of_the_organisation_save_a_draft(self, table: Table, who: str) -> None:
        table.edit(who, title="Nytt")
        assert (table.now().get_latest_revision_as_object().title == "Nytt") is who.endswith(" a")

    @pytest.mark.parametrize("who", WHO)
    def test_only_its_publishers_publish(self, table: Table, who: str) -> None:
        table.edit(who, title="Nytt", **{"action-publish": "1"})
        assert (table.now().title == "Nytt") is (who == "publisher a")

    @pytest.mark.parametrize("who", WHO)
    def test_only_its_people_submit_it(self, table: Table, who: str) -> None:
        table.edit(who, title="Nytt", **{"action-submit": "1"})
        assert table.now().workflow_in_progress is who.endswith(" a")

    @pytest.mark.parametrize("who", WHO)
    def test_only_its_publishers_take_it_back(self, table: Table, who: str) -> None:
        table.client(who).post(f"/desk/editor/pages/{table.part.pk}/unpublish/", {})
        assert table.now().live is (who != "publisher a")

    @pytest.mark.parametrize("who", WHO)
    def test_only_its_publishers_delete_it_once_it_is_out(self, table: Table, who: str) -> None:
        table.client(who).post(f"/desk/editor/pages/{table.part.pk}/delete/", {})
        assert ProfilePartPage.objects.filter(pk=table.part.pk).exists() is (who != "publisher a")

    @pytest.mark.parametrize("who", WHO)
    def test_only_its_publishers_move_it(self, table: Table, who: str) -> None:
        other = make_profile(table.centre, slug="annen")
        table.client(who).post(f"/desk/editor/pages/{table.part.pk}/move/{other.pk}/confirm/", {})
        assert table.now().is_child_of(other) is (who == "publisher a")

    @pytest.mark.parametrize("who", WHO)
    def test_only_its_publishers_lock_it(self, table: Table, who: str) -> None:
        table.client(who).post(f"/desk/editor/pages/{table.part.pk}/lock/", {})
        assert table.now().locked is (who == "publisher a")

    @pytest.mark.parametrize("who", WHO)
    def test_several_at_once_are_no_way_around(self, table: Table, who: str) -> None:
        for action in ("publish", "unpublish", "delete"):
            address = f"/desk/editor/bulk/wagtailcore/page/{action}/?id={table.part.pk}"
            table.client(who).post(address, {"include_descendants": "on"})
        assert ProfilePartPage.objects.filter(pk=table.part.pk, live=True).exists() is (who != "publisher a")

    def test_the_whole_profile_taken_back_leaves_parts_of_others_published(self, table: Table) -> None:
        address = f"/desk/editor/pages/{table.profile.pk}/unpublish/"
        table.client("publisher b").post(address, {"include_descendants": "on"})
        table.profile.refresh_from_db()
        assert not table.profile.live
        assert table.now().live

    def test_the_whole_profile_is_not_deleted_with_the_parts_of_others(self, table: Table) -> None:
        table.client("publisher b").post(f"/desk/editor/pages/{table.profile.pk}/delete/", {})
        assert ProfilePage.objects.filter(pk=table.profile.pk).exists()

    @pytest.mark.parametrize(("who", "out"), [("editor a", False), ("publisher b", False), ("publisher a", True)])
    def test_a_submitted_part_is_approved_by_its_own_publishers_alone(self, table: Table, who: str, out: bool) -> None:
        table.edit("editor a", title="Nytt", **{"action-submit": "1"})
        task = table.now().current_workflow_task_state
        address = f"/desk/editor/pages/workflow/action/{table.part.pk}/approve/{task.pk}/"
        table.client(who).post(address, {"comment": ""})
        assert (table.now().title == "Nytt") is out

    def test_what_waits_for_review_is_listed_to_its_own_publishers(self, table: Table) -> None:
        table.edit("editor a", title="Til gjennomsyn", **{"action-submit": "1"})
        assert "Til gjennomsyn" in table.client("publisher a").get("/desk/editor/").content.decode()
        assert "Awaiting your review" not in table.client("publisher b").get("/desk/editor/").content.decode()

    def test_a_role_taken_away_ends_it_at_once(self, table: Table) -> None:
        client = table.client("publisher a")
        person = table.people["publisher a"]
        person.memberships.all().delete()
        person.memberships.create(organisation=table.b, role="publisher")
        client.post(
            f"/desk/editor/pages/{table.part.pk}/edit/", form_of(table.part, title="Nytt", **{"action-publish": "1"})
        )
        assert table.now().title != "Nytt"


class TestWhoWritesFromNowOn:
    @pytest.mark.parametrize("who", WHO)
    def test_a_part_is_given_away_by_a_publisher_of_its_old_organisation_alone(self, table: Table, who: str) -> None:
        table.edit(who, owner_organisation=str(table.b.pk), **{"action-publish": "1"})
        now_of_b = table.now().owner_organisation_id == table.b.pk
        assert now_of_b is (who == "publisher a")

    def test_a_draft_that_gives_it_away_changes_nothing_until_it_is_published(self, table: Table) -> None:
        table.edit("publisher a", owner_organisation=str(table.b.pk))
        table.edit("publisher b", title="Nytt", **{"action-publish": "1"})
        assert (table.now().title, table.now().owner_organisation_id) == (table.part.title, table.a.pk)

    def test_with_the_part_its_review_changes_hands_and_a_running_one_ends(self, table: Table) -> None:
        table.edit("editor a", title="Nytt", **{"action-submit": "1"})
        assert table.now().workflow_in_progress
        part = table.now()
        part.owner_organisation = table.b
        part.save()
        assert not table.now().workflow_in_progress
        workflow = table.now().get_workflow()
        groups = {group.name for task in workflow.tasks for group in task.specific.groups.all()}
        assert groups == {f"reviewer: {table.b.pk}"}

    def test_an_organisation_of_another_centre_is_refused(self, table: Table) -> None:
        stranger = first(make_site("other.test"))
        table.edit("publisher a", owner_organisation=str(stranger.pk), **{"action-publish": "1"})
        part = table.now()
        assert part.owner_organisation_id == table.a.pk
        part.owner_organisation = stranger
        with pytest.raises(ValidationError, match="another centre"):
            part.clean()

    @pytest.mark.parametrize(
        ("who", "action", "out"),
        [("editor b", "save", False), ("editor b", "submit", False), ("publisher b", "publish", True)],
    )
    def test_a_new_part_belongs_to_the_organisation_of_whoever_makes_it(
        self, table: Table, who: str, action: str, out: bool
    ) -> None:
        address = f"/desk/editor/pages/add/awareness/profilepartpage/{table.profile.pk}/"
        form = form_of(slug="ny", strand="hotline", owner_organisation=str(table.b.pk), **{f"action-{action}": "1"})
        table.client(who).post(address, form)
        new = ProfilePartPage.objects.get(slug="ny")
        assert (new.owner_organisation_id, new.live, new.owner) == (table.b.pk, out, table.people[who])
        assert new.workflow_in_progress is (action == "submit")

    @pytest.mark.parametrize("action", ["save", "publish", "submit"])
    def test_nobody_makes_a_part_for_another_organisation(self, table: Table, action: str) -> None:
        address = f"/desk/editor/pages/add/awareness/profilepartpage/{table.profile.pk}/"
        form = form_of(slug="ny", owner_organisation=str(table.a.pk), **{f"action-{action}": "1"})
        table.client("publisher b").post(address, form)
        assert not ProfilePartPage.objects.filter(slug="ny", owner_organisation=table.a).exists()

    def test_an_editor_publishes_no_new_part(self, table: Table) -> None:
        address = f"/desk/editor/pages/add/awareness/profilepartpage/{table.profile.pk}/"
        form = form_of(slug="ny", owner_organisation=str(table.b.pk), **{"action-publish": "1"})
        answer = table.client("editor b").post(address, form)
        assert "Only a publisher of this organisation may publish its part" in answer.content.decode()
        assert not ProfilePartPage.objects.filter(slug="ny").exists()

    def test_a_publisher_here_who_only_edits_there_publishes_nothing_new_there(self, table: Table) -> None:
        table.people["publisher b"].memberships.create(organisation=table.a, role="editor")
        address = f"/desk/editor/pages/add/awareness/profilepartpage/{table.profile.pk}/"
        form = form_of(slug="ny", owner_organisation=str(table.a.pk), **{"action-publish": "1"})
        table.client("publisher b").post(address, form)
        assert not ProfilePartPage.objects.filter(slug="ny", live=True).exists()

    def test_an_address_that_is_none_is_refused(self, table: Table) -> None:
        table.part.social_media = "javascript:alert(1)"
        with pytest.raises(ValidationError, match="whole address"):
            table.part.clean()


class TestWaysToOnesOwnPart:
    def test_the_desk_leads_to_the_own_part_and_names_those_of_others(self, table: Table) -> None:
        edit = f"/desk/editor/pages/{table.part.pk}/edit/"
        begin = f"/desk/editor/pages/add/awareness/profilepartpage/{table.profile.pk}/"
        mine = table.client("editor a").get("/en/desk/profile").content.decode()
        assert edit in mine
        assert begin not in mine
        theirs = table.client("editor b").get("/en/desk/profile").content.decode()
        assert edit not in theirs
        assert begin in theirs
        assert table.a.name in theirs

    def test_only_those_who_write_open_it(self, table: Table) -> None:
        counsellor = signed_in_client(make_staff(table.a, "counsellor"))
        assert counsellor.get("/en/desk/profile").status_code == 403

    def test_the_preview_of_a_draft_has_its_words_and_the_facts(self, table: Table) -> None:
        client = table.client("editor a")
        address = f"/desk/editor/pages/{table.part.pk}/edit/preview/"
        sent = client.post(address, form_of(table.part, summary="Bare et utkast"))
        assert sent.json()["is_valid"], sent.content
        shown = client.get(f"{address}?mode=").content.decode()
        assert "Bare et utkast" in shown
        assert 'id="helpline"' in shown
        assert "Bare et utkast" not in read("/nb/profil")

    def test_who_changed_what_is_kept(self, table: Table) -> None:
        table.edit("publisher a", title="Nytt", **{"action-publish": "1"})
        history = table.client("editor a").get(f"/desk/editor/pages/{table.part.pk}/history/").content.decode()
        assert table.people["publisher a"].username in history

    def test_the_first_page_leads_to_the_profile(self, table: Table) -> None:
        assert 'href="/nb/profil"' in read("/nb/")


class TestTheNetwork:
    @pytest.fixture
    def network(self) -> Centre:
        centre = make_site("network.test", ("en",))
        centre.kind, centre.country_code = Centre.Kind.NETWORK, "EU"
        centre.save()
        return centre

    def test_it_lists_every_centre_with_its_own_profile_or_one_of_facts(self, network: Centre) -> None:
        make_profile(make_site(), funding="none")
        make_line(make_country("PL"), "Telefon")
        html = read("/en/centres", "network.test")
        assert 'href="http://testserver/nb/profil"' in html
        assert "does not receive co-funding" in html
        assert 'href="/en/centres/pl"' in html
        assert "Nobody has confirmed this yet." in html

    def test_a_draft_profile_is_not_led_to(self, network: Centre) -> None:
        make_profile(make_site()).unpublish()
        html = read("/en/centres", "network.test")
        assert "/nb/profil" not in html
        assert 'href="/en/centres/no"' in html

    def test_a_centre_that_writes_nothing_here_has_a_profile_of_facts_that_says_what_is_not_known(
        self, network: Centre
    ) -> None:
        line = make_line(make_country("PL"), "Telefon")
        make_way(line, "phone", number="116 111")
        words = words_of(read("/en/centres/pl", "network.test"))
        for said in ("Poland", "Telefon", "116 111", "it has not told us", "Nobody has confirmed this yet."):
            assert said in words

    def test_a_centre_with_a_profile_is_read_at_its_own_host(self, network: Centre) -> None:
        make_profile(make_site())
        answer = Client(headers={"host": "network.test"}).get("/en/centres/no")
        assert (answer.status_code, answer.headers["Location"]) == (302, "http://testserver/nb/profil")

    @pytest.mark.parametrize("path", ["/en/centres/xx", "/en/centres/poland", "/en/centres/eu"])
    def test_a_country_that_nobody_knows_has_none(self, network: Centre, path: str) -> None:
        assert Client(headers={"host": "network.test"}).get(path).status_code == 404

    def test_at_a_national_centre_the_list_is_its_own_profile_or_nothing(self) -> None:
        centre = make_site()
        client = Client(headers={"host": "testserver"})
        assert client.get("/nb/centres").status_code == 404
        make_profile(centre)
        answer = client.get("/nb/centres")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/nb/profil")
        assert client.get("/nb/centres/no").status_code == 404

    def test_the_network_s_first_page_leads_to_the_list(self, network: Centre) -> None:
        assert 'href="/en/centres"' in read("/en/", "network.test")
