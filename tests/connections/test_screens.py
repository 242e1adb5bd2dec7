"""The screens: what is shown once, who may do what, and that everything works with plain forms."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from havn.audit.models import Entry
from havn.connections import revoked
from havn.connections.actions import telling
from havn.connections.actions.telling import queue
from havn.connections.models import ApiKey, ConnectionsSettings, Delivery, Endpoint
from havn.tenancy.models import Centre, Organisation
from tests.accounts.factories import make_centre, make_organisation, make_staff, signed_in_client
from tests.connections.factories import bearer, make_endpoint, receiver
from tests.tenancy.factories import make_service

pytestmark = pytest.mark.django_db
SCREEN = "connections:connections"
URL = "https://receiver.example/in"


@pytest.fixture
def centre() -> Centre:
    return make_centre(host="testserver")


@pytest.fixture
def browser(centre: Centre) -> Client:
    return signed_in_client(make_staff(centre, "coordinator"))


def _post(browser: Client, to: str, /, *args: int, follow: bool = False, **fields: Any) -> Any:
    return browser.post(reverse(f"connections:{to}", args=args), fields, follow=follow)


def _page(browser: Client, name: str = "connections", *args: int) -> str:
    answer = browser.get(reverse(f"connections:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def _shown(answer: Any) -> str:
    found = re.search(r'class="connections-secret"[^>]*>([^<]+)<', answer.content.decode())
    assert found
    return found.group(1)


def test_a_key_is_shown_once_opens_and_is_revoked(browser: Client) -> None:
    made = _post(browser, "make_key", name="Intranet", service="", scopes=["opening"], grain="quarter", expires_on="")
    token = _shown(made)
    assert token not in _page(browser)
    assert Client().get("/api/v1/openings", headers=bearer(token)).status_code == 200
    assert "Last used" in _page(browser)
    key = ApiKey.objects.get()
    assert (key.scopes, key.expires_on, key.service) == (["opening"], None, None)
    assert "Revoke" in _page(browser)
    _post(browser, "revoke_key", key.pk)
    assert Client().get("/api/v1/openings", headers=bearer(token)).status_code == 401
    actions = list(Entry.objects.filter(action__startswith="connections.").values_list("action", flat=True))
    assert sorted(actions) == ["connections.key.made", "connections.key.revoked"]
    assert token[14:] not in str(list(Entry.objects.values()))


def test_a_form_that_is_not_right_says_so_and_keeps_what_was_typed(browser: Client) -> None:
    answer = _post(browser, "make_key", name="Intranet", service="")
    assert answer.status_code == 400
    text = answer.content.decode()
    assert 'value="Intranet"' in text
    assert "This field is required." in text
    refused = _post(browser, "add_endpoint", name="In", url="http://receiver.example/", events=["opening.changed"])
    assert refused.status_code == 400
    assert "must begin with https://" in refused.content.decode()
    assert not ApiKey.objects.exists()
    assert not Endpoint.objects.exists()


def test_an_endpoint_shows_its_secret_once_and_is_changed_and_removed(browser: Client) -> None:
    added = _post(browser, "add_endpoint", name="In", service="", url=URL, events=["opening.changed"])
    secret = _shown(added)
    assert secret.startswith("whsec_")
    endpoint = Endpoint.objects.get()
    assert secret not in _page(browser, "endpoint", endpoint.pk)
    _post(browser, "endpoint", endpoint.pk, name="Out", url=URL + "/2", events=["waiting.changed", "escalation.opened"])
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.url, endpoint.events) == (
        "Out",
        URL + "/2",
        ["waiting.changed", "escalation.opened"],
    )
    changed = _shown(_post(browser, "change_secret", endpoint.pk))
    assert changed != secret
    assert endpoint.secrets.count() == 2
    assert "signs beside the new one until" in _page(browser, "endpoint", endpoint.pk)
    _post(browser, "switch_endpoint", endpoint.pk, on="0")
    assert "Off: nothing is sent." in _page(browser, "endpoint", endpoint.pk)
    _post(browser, "switch_endpoint", endpoint.pk, on="1")
    _post(browser, "remove_endpoint", endpoint.pk)
    assert not Endpoint.objects.exists()
    assert browser.get(reverse("connections:endpoint", args=[endpoint.pk])).status_code == 404


def test_a_test_says_at_once_what_came_back(browser: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CONNECT_PRIVATE", True)
    with receiver() as heard:
        endpoint = make_endpoint(centre, url=heard.url)
        assert "The test arrived." in _post(browser, "test_endpoint", endpoint.pk, follow=True).content.decode()
        heard.answers = [500]
        told = _post(browser, "test_endpoint", endpoint.pk, follow=True).content.decode()
        assert "Answered with 500" in told
        assert "Nothing has arrived since" in told
        assert len(heard.taken) == 2
    assert Delivery.objects.filter(event="test").count() == 2
    assert "Failing since" in _page(browser)


def test_limits_are_changed_within_bounds(browser: Client, centre: Centre) -> None:
    form = {"per_minute": "30", "waiting_seconds": "120", "off_after_days": "3", "log_days": "10"}
    assert browser.post(reverse(SCREEN), form).status_code == 302
    row = ConnectionsSettings.objects.get(pk=centre.pk)
    assert (row.per_minute, row.waiting_seconds, row.off_after_days, row.log_days) == (30, 120, 3, 10)
    assert browser.post(reverse(SCREEN), {**form, "log_days": "0"}).status_code == 400
    assert ConnectionsSettings.objects.get(pk=centre.pk).log_days == 10


def test_a_restore_brings_back_no_key_and_no_endpoint_that_was_ended(browser: Client, centre: Centre) -> None:
    for name in ("ended", "kept"):
        _post(browser, "make_key", name=name, service="", scopes=["opening"], grain="quarter")
        make_endpoint(centre, "opening.changed", url=f"{URL}/{name}")
    key, endpoint = ApiKey.objects.get(name="ended"), Endpoint.objects.get(url=f"{URL}/ended")
    _post(browser, "revoke_key", key.pk)
    _post(browser, "remove_endpoint", endpoint.pk)
    key.save(force_insert=True)
    endpoint.save(force_insert=True)
    queue(Endpoint.objects.get(url=f"{URL}/kept"), "test", {})
    assert revoked.end_again() == 2
    assert list(ApiKey.objects.values_list("name", flat=True)) == ["kept"]
    assert list(Endpoint.objects.values_list("url", flat=True)) == [f"{URL}/kept"]
    assert not Delivery.objects.exists()


def test_after_a_restore_every_endpoint_is_off_until_somebody_looks(browser: Client, centre: Centre) -> None:
    endpoint = make_endpoint(centre, "opening.changed")
    off = make_endpoint(centre, "opening.changed", is_on=False)
    revoked.end_again()
    assert not Endpoint.objects.filter(is_on=True).exists()
    assert "because a backup was brought back" in _page(browser, "endpoint", endpoint.pk)
    assert "because a backup was brought back" not in _page(browser, "endpoint", off.pk)
    _post(browser, "switch_endpoint", endpoint.pk, on="1")
    endpoint.refresh_from_db()
    assert endpoint.is_on
    assert "because a backup was brought back" not in _page(browser, "endpoint", endpoint.pk)


def test_switching_off_gives_up_what_waits_and_switching_on_tells_how_it_stands(
    browser: Client, centre: Centre
) -> None:
    endpoint = make_endpoint(centre, "figures.ready")
    telling.look_around()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}
    told = Delivery.objects.count()
    _post(browser, "switch_endpoint", endpoint.pk, on="0")
    assert set(Delivery.objects.values_list("state", "body", "next_try_at")) == {("given-up", "", None)}
    assert "nothing is sent" in _post(browser, "test_endpoint", endpoint.pk, follow=True).content.decode()
    assert not Delivery.objects.filter(event="test").exists()
    _post(browser, "switch_endpoint", endpoint.pk, on="1")
    assert telling.look_around() == told


@pytest.mark.parametrize("role", ["counsellor", "supervisor", "editor", "publisher"])
def test_others_open_nothing_of_it(centre: Centre, role: str) -> None:
    browser = signed_in_client(make_staff(centre, role))
    assert browser.get(reverse(SCREEN)).status_code == 403
    assert _post(browser, "make_key", name="x", scopes=["opening"]).status_code == 403
    assert "Connections" not in browser.get(reverse("accounts:profile")).content.decode()


def test_who_coordinates_one_organisation_connects_its_services_and_no_others(centre: Centre) -> None:
    elsewhere: Organisation = make_organisation(centre)
    (theirs,) = elsewhere.services.all()
    (mine,) = centre.organisations.exclude(pk=elsewhere.pk).get().services.all()
    browser = signed_in_client(make_staff(centre, "coordinator"))
    assert theirs.name not in re.sub(r"<table.*?</table>", "", _page(browser)) or theirs.name == mine.name
    for service in ("", str(theirs.pk)):
        _post(browser, "make_key", name="x", service=service, scopes=["statistics"], grain="quarter")
    assert not ApiKey.objects.exists()
    _post(browser, "make_key", name="x", service=str(mine.pk), scopes=["statistics"], grain="quarter")
    key = ApiKey.objects.get()
    assert key.service == mine
    other = signed_in_client(make_staff(elsewhere, "administrator"))
    assert _post(other, "revoke_key", key.pk).status_code == 403
    assert "Revoke" not in _page(other)
    assert ApiKey.objects.exists()


def test_what_is_of_another_centre_is_not_here(browser: Client) -> None:
    other = make_endpoint(make_centre(host="other.example"))
    assert browser.get(reverse("connections:endpoint", args=[other.pk])).status_code == 404
    assert _post(browser, "remove_endpoint", other.pk).status_code == 404
    assert Endpoint.objects.filter(pk=other.pk).exists()


def test_a_key_that_answers_rounds_is_made_by_who_may_answer_them(centre: Centre) -> None:
    fields = {"name": "Our system", "service": "", "scopes": ["rounds"], "grain": "quarter", "expires_on": ""}
    administrator = signed_in_client(make_staff(centre, "administrator"))
    assert _post(administrator, "make_key", **fields).status_code == 403
    assert not ApiKey.objects.exists()
    assert _shown(_post(signed_in_client(make_staff(centre, "coordinator")), "make_key", **fields))


def test_a_key_for_rounds_alone_is_of_the_whole_centre_also_by_who_coordinates_one_service(centre: Centre) -> None:
    coordinator = make_staff(centre, "coordinator")
    browser = signed_in_client(coordinator)
    service = make_service(centre.organisations.first())
    make_service(make_organisation(centre))
    fields = {"name": "Our system", "service": str(service.pk), "grain": "quarter", "expires_on": ""}
    assert "Choose nothing else" in _post(browser, "make_key", **fields, scopes=["rounds", "opening"]).content.decode()
    assert not ApiKey.objects.exists()
    token = _shown(_post(browser, "make_key", **fields, scopes=["rounds"]))
    key = ApiKey.objects.get()
    assert (key.service, key.scopes) == (None, ["rounds"])
    assert Client().get("/api/v1/rounds", headers=bearer(token)).status_code == 200
    assert Client().get("/api/v1/openings", headers=bearer(token)).status_code == 403
    assert "Revoke" in _page(browser)
    _post(browser, "revoke_key", key.pk)
    assert not ApiKey.objects.exists()
