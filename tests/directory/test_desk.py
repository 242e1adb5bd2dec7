"""The desk: who keeps which entries, and what their presses do."""

import datetime as dt
import html

import pytest
from django.test import Client

from havn.audit.models import Entry as TrailEntry
from havn.centres.models import ContactPoint
from havn.common.clock import now
from havn.directory.models import CentreEntry, Confirmation, ContactHistory, Doubt, Entry, PublishedHours
from havn.directory.queries import entry_now
from havn.tenancy.models import Centre, Service
from tests.accounts.factories import make_staff, signed_in_client
from tests.centres.factories import make_point
from tests.directory.factories import confirm, make_country, make_line, make_way
from tests.tenancy.factories import make_centre, make_organisation, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    """A helpline that runs here, with a telephone."""
    found = make_service(make_organisation(make_centre(), name="The Red Cross"), name="Ours", always_open=("chat",))
    make_point(found, "phone", number="800 33 321")
    return found


@pytest.fixture
def coordinator(service: Service) -> Client:
    return signed_in_client(make_staff(service.organisation, "coordinator"))


@pytest.fixture
def network() -> Client:
    """The network's coordinator, on the network's own site."""
    centre = make_centre(host="network.example", kind=Centre.Kind.NETWORK, country_code="EU", name="The Network")
    return signed_in_client(make_staff(make_organisation(centre), "coordinator"), host="network.example")


def shown(client: Client, address: str = "/desk/directory") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def actions_on_the_trail() -> list[str]:
    return list(TrailEntry.objects.filter(action__startswith="directory").values_list("action", flat=True))


def freshness(service: Service) -> str:
    entry = entry_now(service.pk, now())
    assert entry is not None
    return entry.freshness.state


def test_one_press_confirms_the_entry_for_the_public(coordinator: Client, service: Service, client: Client) -> None:
    assert "Nobody has confirmed this yet." in shown(coordinator)
    coordinator.post(f"/desk/directory/{service.pk}/confirm")
    confirmation = Confirmation.objects.get(service=service)
    assert (confirmation.by_words, confirmation.result) == ("The Red Cross", "right")
    assert confirmation.said["name"] == "Ours"
    history = ContactHistory.objects.get(service=service)
    assert (history.what, history.value, history.by_words) == ("confirmed", "800 33 321", "The Red Cross")
    assert actions_on_the_trail() == ["directory.entry.confirmed"]
    assert "Confirmed by The Red Cross on" in client.get("/directory/no").content.decode()


def test_confirming_settles_old_hours_and_not_what_is_still_unknown(coordinator: Client, service: Service) -> None:
    for about in ("hours", "days", "number"):
        Doubt.objects.create(
            centre=service.organisation.centre, service=service, kind="unknown", about=about, opened_at=now(), words="x"
        )
    coordinator.post(f"/desk/directory/{service.pk}/confirm")
    assert list(Doubt.objects.filter(settled_at=None).values_list("about", flat=True)) == ["number"]


def test_people_keep_the_entries_of_their_own_organisation_only(coordinator: Client, service: Service) -> None:
    sister = make_service(make_organisation(service.organisation.centre), name="Sister")
    abroad = make_line(make_country(), "Abroad").service
    text = shown(coordinator)
    assert "Ours" in text
    assert "Sister" not in text
    assert "Abroad" not in text
    for other in (sister, abroad):
        assert coordinator.get(f"/desk/directory/{other.pk}").status_code == 403
        assert coordinator.post(f"/desk/directory/{other.pk}/confirm").status_code == 403
    assert not Confirmation.objects.exists()


def test_the_network_keeps_all_entries_that_do_not_run_here(network: Client, service: Service) -> None:
    entry = make_line(make_country(), "Abroad")
    text = shown(network)
    assert "Ours" in text
    assert "Abroad" in text
    assert network.post(f"/desk/directory/{entry.pk}/confirm").status_code == 302
    assert Confirmation.objects.get().by_words == "The Network"
    refused = network.post(f"/desk/directory/{service.pk}/confirm")
    assert refused.status_code == 403
    assert "keeps its own entries" in refused.content.decode()
    assert network.get(f"/desk/directory/{service.pk}/ways").status_code == 403
    assert network.get(f"/desk/directory/{service.pk}").status_code == 200


def facts(**changes: object) -> dict[str, object]:
    return {
        "name": "Ours",
        "audiences": ["children"],
        "languages": ["nb", "en"],
        "free": "yes",
        "anonymous": "",
    } | changes


def test_changed_facts_are_stored_and_shown_as_differences(coordinator: Client, service: Service) -> None:
    coordinator.post(f"/desk/directory/{service.pk}/confirm")
    address = f"/desk/directory/{service.pk}/facts"
    assert coordinator.post(address, facts(ages_to="18", topics=["scams"], note="New")).status_code == 302
    entry = Entry.objects.get(service=service)
    assert (entry.free, entry.anonymous, entry.ages_to, entry.topics) == (True, None, 18, ["scams"])
    service.refresh_from_db()
    assert service.languages == ["en", "nb"]
    text = shown(coordinator, f"/desk/directory/{service.pk}")
    assert "<del>not known</del>" in text
    assert "<ins>yes</ins>" in text
    assert "changes since it was confirmed" in shown(coordinator)


def test_a_change_by_somebody_else_ends_the_certainty_and_by_the_own_people_does_not(
    network: Client, coordinator: Client, service: Service
) -> None:
    abroad = make_line(make_country(), "Abroad")
    confirm(abroad, now())
    network.post(f"/desk/directory/{abroad.pk}/facts", facts(name="Abroad"))
    assert freshness(abroad.service) == "changed"
    coordinator.post(f"/desk/directory/{service.pk}/confirm")
    coordinator.post(f"/desk/directory/{service.pk}/facts", facts())
    assert freshness(service) == "confirmed"


def test_the_usual_language_stays_first_when_the_form_is_saved(coordinator: Client, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(languages=["nb", "en"])
    coordinator.post(f"/desk/directory/{service.pk}/facts", facts(languages=["da", "en", "nb"]))
    service.refresh_from_db()
    assert service.languages == ["nb", "en", "da"]


def test_ages_that_go_downwards_are_refused_and_nothing_is_lost(coordinator: Client, service: Service) -> None:
    answer = coordinator.post(f"/desk/directory/{service.pk}/facts", facts(ages_from="18", ages_to="9", note="Keep me"))
    assert answer.status_code == 422
    assert "The oldest age is below the youngest." in answer.content.decode()
    assert "Keep me" in answer.content.decode()


def way(**changes: str) -> dict[str, str]:
    fields = {"channel": "phone", "number": "116 111", "hours-TOTAL_FORMS": "2", "hours-INITIAL_FORMS": "0"}
    return fields | {f"hours-{row}-{name}": "" for row in (0, 1) for name in ("rule", "words")} | changes


def test_a_new_number_enters_its_public_history_with_what_it_was_before(network: Client) -> None:
    entry = make_line(make_country("SI", "Europe/Ljubljana"))
    network.post(f"/desk/directory/{entry.pk}/ways", way(number="111 116"))
    point = ContactPoint.objects.get(service=entry.service)
    answer = network.post(
        f"/desk/directory/ways/{point.pk}", way(**{"hours-0-rule": "Mo-Su 12:00-20:00", "hours-1-words": "or later"})
    )
    assert answer.status_code == 302
    changed, appeared = ContactHistory.objects.order_by("-id")
    assert (appeared.what, appeared.value) == ("appeared", "111 116")
    assert (changed.what, changed.before, changed.value) == ("changed", "111 116", "116 111")
    assert list(PublishedHours.objects.values_list("rule", "words")) == [("Mo-Su 12:00-20:00", ""), ("", "or later")]
    network.post(f"/desk/directory/ways/{point.pk}/remove")
    assert ContactHistory.objects.order_by("-id")[0].what == "removed"
    assert not ContactPoint.objects.filter(service=entry.service).exists()


def test_an_unusual_number_is_stored_with_a_warning(network: Client) -> None:
    entry = make_line(make_country("SI", "Europe/Ljubljana"))
    answer = network.post(f"/desk/directory/{entry.pk}/ways", way(number="111 116"), follow=True)
    assert "111 116 is not in the list of this country's short numbers. Try it." in html.unescape(
        answer.content.decode()
    )


def test_hours_that_cannot_be_read_are_refused_with_an_example(network: Client) -> None:
    entry = make_line(make_country())
    answer = network.post(f"/desk/directory/{entry.pk}/ways", way(**{"hours-0-rule": "from 2 to 8"}))
    assert answer.status_code == 422
    assert "Write them like this: Mo-Fr 14:00-20:00; PH off" in html.unescape(answer.content.decode())
    assert not ContactPoint.objects.filter(service=entry.service).exists()


def test_a_plain_week_becomes_a_rule(network: Client) -> None:
    entry = make_line(make_country())
    week = {
        "week-days": ["0", "1", "2"],
        "week-opens": "14:00",
        "week-closes": "20:00",
        "week-closed_on_holidays": "on",
    }
    network.post(f"/desk/directory/{entry.pk}/ways", way() | week)  # type: ignore[operator]
    assert PublishedHours.objects.get().rule == "Mo-We 14:00-20:00; PH off"
    half = network.post(f"/desk/directory/{entry.pk}/ways", way() | {"week-opens": "14:00"})
    assert half.status_code == 422


def test_who_answers_and_where_it_was_printed_survive_a_save(network: Client) -> None:
    entry = make_line(make_country())
    point = make_way(entry, number="116 111")
    PublishedHours.objects.create(point=point, rule="24/7", staff_group="volunteers", published="2019")
    text = shown(network, f"/desk/directory/ways/{point.pk}")
    assert 'value="2019"' in text
    fields = {"hours-0-rule": "24/7", "hours-0-staff_group": "volunteers", "hours-0-published": "2019"}
    network.post(f"/desk/directory/ways/{point.pk}", way(**fields))
    assert PublishedHours.objects.values_list("staff_group", "published").get() == ("volunteers", "2019")


def test_a_rule_is_read_while_it_is_typed(coordinator: Client) -> None:
    said = coordinator.get("/desk/directory/read-rule?rule=Mo-Fr 09:00-17:00; PH off").json()
    assert said == {"wrong": False, "words": "Monday to Friday 09:00–17:00; closed on public holidays"}
    assert coordinator.get("/desk/directory/read-rule?rule=nine").json()["wrong"] is True
    assert coordinator.get("/desk/directory/read-rule").json() == {"wrong": False, "words": ""}


def test_hours_of_a_service_that_runs_here_are_never_copied(coordinator: Client, service: Service) -> None:
    point = service.contact_points.get(channel="phone")
    assert "kept under “Opening hours”" in shown(coordinator, f"/desk/directory/ways/{point.pk}")
    coordinator.post(f"/desk/directory/ways/{point.pk}", way(**{"hours-0-rule": "24/7"}))
    assert not PublishedHours.objects.exists()


def test_a_doubt_is_noted_for_the_public_and_settled_once(network: Client, client: Client) -> None:
    make_centre()
    entry = make_line(make_country())
    network.post(f"/desk/directory/{entry.pk}/doubts", {"words": "The site says 116 111, the profile 111 116."})
    assert "the profile 111 116" in client.get("/directory/pl").content.decode()
    doubt = Doubt.objects.get()
    assert network.post(f"/desk/directory/doubts/{doubt.pk}/settle", {"words": "Called it"}).status_code == 302
    assert network.post(f"/desk/directory/doubts/{doubt.pk}/settle", {"words": "Again"}).status_code == 409
    doubt.refresh_from_db()
    assert (doubt.settled_words, doubt.settled_by is not None) == ("Called it", True)
    assert "111 116" not in client.get("/directory/pl").content.decode()


def test_nobody_settles_the_doubts_of_others(coordinator: Client, service: Service) -> None:
    abroad = make_country()
    whole = Doubt.objects.create(centre=abroad, kind="conflict", about="number", words="x", opened_at=now())
    of_line = Doubt.objects.create(
        centre=abroad, service=make_line(abroad).service, kind="conflict", about="x", words="x", opened_at=now()
    )
    for doubt in (whole, of_line):
        assert coordinator.post(f"/desk/directory/doubts/{doubt.pk}/settle").status_code == 403
    assert Doubt.objects.filter(settled_at=None).count() == 2


def test_the_clock_of_a_country_decides_when_a_confirmation_is_over(coordinator: Client, service: Service) -> None:
    confirm(Entry.objects.create(service=service), now() - dt.timedelta(days=40))
    assert freshness(service) == "confirmed"
    fields = {"confirmer_name": "The office", "confirmer_email": "office@line.example", "clock_days": "30"}
    coordinator.post(f"/desk/directory/{service.pk}/confirmer", fields)
    assert CentreEntry.objects.get(centre=service.organisation.centre).clock_days == 30
    assert freshness(service) == "expired"
    assert coordinator.post(f"/desk/directory/{service.pk}/confirmer", {"clock_days": "0"}).status_code == 422


def test_what_is_wrong_stands_first_on_the_list(network: Client) -> None:
    poland = make_country()
    fine, wrong = make_line(poland, "Fine"), make_line(poland, "Wrong")
    make_way(fine, number="116 111")
    confirm(fine, now())
    text = shown(network)
    assert text.index(f"/desk/directory/{wrong.pk}") < text.index(f"/desk/directory/{fine.pk}")
    assert "There is no number, address or page at all." in text
