"""What a key opens, what it does not, and that nothing of a talk or of who asks is in it or kept."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from havn.connections import facts, guard
from havn.connections.models import ApiKey, ConnectionsSettings
from havn.tenancy.models import Service
from havn.vocabularies.api import Term, VocabularyFacts, load, terms_in
from tests.connections.factories import bearer, make_key
from tests.helpline.factories import make_line
from tests.helpline.figures import contacts, helpline
from tests.helpline.test_own_lists import coded
from tests.tenancy.factories import make_centre, make_service

pytestmark = pytest.mark.django_db
ALL = ("openings", "waits", "hooks")


@pytest.fixture
def service() -> Service:
    return make_service(name="Fyrlykta")


def ask(path: str, token: str = "", **query: Any) -> Any:
    return Client().get(f"/api/v1/{path}", query, headers=bearer(token) if token else {})


def _figures(key_fields: dict[str, Any] | None = None) -> tuple[Service, str]:
    line = helpline()
    contacts(12, line, "2026-08-03", "cyberbullying")
    contacts(2, line, "2026-08-04", "grooming")
    return line, make_key(line.organisation.centre, "statistics", **(key_fields or {}))


def test_without_a_key_nothing_is_told(service: Service) -> None:
    good = make_key(service.organisation.centre)
    other = make_key(make_centre(host="other.example"))
    swapped = f"{good[:14]}{other[14:]}"
    for token in ("", "havn_x", good + "x", swapped, other):
        for path in (*ALL, f"services/{service.pk}/statistics?day=2026-01-01"):
            answer = ask(path, token)
            assert answer.status_code == 401
            assert answer["Content-Type"] == "application/problem+json"
            assert answer["WWW-Authenticate"] == "Bearer"
            told = answer.json()
            assert (told["status"], told["code"]) == (401, "no-key")
            assert "Fyrlykta" not in answer.content.decode()


def test_a_key_opens_what_its_scopes_say_until_it_is_revoked_or_over(service: Service) -> None:
    centre = service.organisation.centre
    token = make_key(centre, "opening")
    assert ask("openings", token).status_code == 200
    for path in ("waits", "hooks", f"services/{service.pk}/statistics?day=2026-01-01"):
        answer = ask(path, token)
        assert (answer.status_code, answer.json()["code"]) == (403, "no-scope")
    today = facts.today_of(centre)
    ApiKey.objects.update(expires_on=today)
    assert ask("openings", token).status_code == 200
    ApiKey.objects.update(expires_on=today - dt.timedelta(days=1))
    assert ask("openings", token).status_code == 401
    ApiKey.objects.all().delete()
    assert ask("openings", token).status_code == 401


def test_a_key_ends_when_its_last_day_is_over_where_the_centre_is(service: Service, time_machine: Any) -> None:
    centre = service.organisation.centre
    token = make_key(centre, "opening", expires_on=dt.date(2026, 11, 25))
    assert centre.time_zone == "Europe/Oslo"
    time_machine.move_to(dt.datetime(2026, 11, 25, 22, 59, tzinfo=dt.UTC), tick=False)
    assert ask("openings", token).status_code == 200
    time_machine.move_to(dt.datetime(2026, 11, 25, 23, 1, tzinfo=dt.UTC), tick=False)
    assert ask("openings", token).status_code == 401


def test_openings_are_those_of_the_first_page(service: Service) -> None:
    service.contact_points.create(channel="phone", number="116 111")
    told = ask("openings", make_key(service.organisation.centre)).json()["openings"]
    states = {(one["service"]["name"], one["channel"]): one["state"] for one in told}
    assert states == {("Fyrlykta", "chat"): "open", ("Fyrlykta", "letter"): "any-hour", ("Fyrlykta", "phone"): "closed"}
    assert "116" not in json.dumps(told)


def test_a_key_of_one_service_tells_of_no_other(service: Service) -> None:
    centre = service.organisation.centre
    other = make_service(centre=centre, name="Annen")
    token = make_key(centre, service=other)
    for path in ALL:
        text = ask(path, token).content.decode()
        assert "Annen" in text
        assert "Fyrlykta" not in text
    assert ask(f"services/{service.pk}/statistics", token, day="2026-01-01").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_wait_is_no_surer_than_the_start_page(real_transactions: None) -> None:
    line = make_line()
    token = make_key(line.service.organisation.centre)
    (nobody,) = ask("waits", token).json()["waits"]
    assert (nobody["state"], nobody["sure"], nobody["minutes_to"]) == ("open", "nobody", None)
    line.counsellor()
    line.child()
    (now_there,) = ask("waits", token, language="nb").json()["waits"]
    assert now_there["language"] == "nb"
    assert now_there["sure"] in {"no", "rough", "good"}
    line.service.channel_settings.filter(channel="chat").update(always_open=False)
    (closed,) = ask("waits", token).json()["waits"]
    assert (closed["state"], closed["minutes_from"]) == ("closed", None)


def test_figures_leave_small_numbers_out_always() -> None:
    line, token = _figures()
    answer = ask(f"services/{line.pk}/statistics", token, day="2026-08-15")
    told = answer.json()
    assert told["period"] == {"kind": "quarter", "first": "2026-07-01", "last": "2026-09-30"}
    tables = {table["key"]: table for table in told["tables"]}
    (chat,) = tables["attempts"]["rows"]
    assert chat["code"] == "chat"
    assert 14 in chat["numbers"]
    reasons = {row["code"]: row["numbers"][0] for row in tables["reason"]["rows"]}
    assert reasons["grooming"] is None
    every = [
        number
        for table in told["tables"]
        for row in table["rows"]
        for number in (*row["numbers"], row["total"])
        if number
    ]
    assert min(every) >= told["threshold"]
    assert "reason-any" not in tables


def test_figures_are_of_periods_that_are_over_and_of_one_length() -> None:
    line, token = _figures({"grain": "year"})
    path = f"services/{line.pk}/statistics"
    assert ask(path, token, day="2025-08-15").json()["period"]["kind"] == "year"
    for day in (timezone.now().date().isoformat(), "9999-12-31"):
        answer = ask(path, token, day=day)
        assert (answer.status_code, answer.json()["code"]) == (409, "not-over")
    assert [ask(path, token, day=day).status_code for day in ("0002-01-01", "0003-01-01")] == [409, 200]
    for day in ("", "yesterday", "2026-13-01", "\x00"):
        answer = ask(path, token, day=day)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert ask("services/999/statistics", token, day="2025-01-01").status_code == 404


def test_figures_name_things_by_the_centre_s_own_lists() -> None:
    line = helpline()
    centre = line.organisation.centre
    terms = [*terms_in("insafe-reasons-2023"), Term("own-deepfakes", {"en": "Deepfakes"})]
    first = dt.date(2026, 5, 10)
    load(vocabularies=[VocabularyFacts("reason", "reason-own-1", first, centre_id=centre.pk, terms=terms)])
    coded(line, dt.date(2026, 5, 12), "own-deepfakes", times=9)
    told = ask(f"services/{line.pk}/statistics", make_key(centre, "statistics"), day="2026-05-15").json()
    rows = {row["code"]: row for table in told["tables"] if "reason" in table["key"] for row in table["rows"]}
    assert (rows["own-deepfakes"]["label"], rows["own-deepfakes"]["numbers"][0]) == ("Deepfakes", 9)


def test_an_error_of_ours_is_not_said_to_be_a_period_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    line, token = _figures()

    def broken(*_asked: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(facts, "tables_of", broken)
    with pytest.raises(ValueError, match="broken"):
        ask(f"services/{line.pk}/statistics", token, day="2026-05-15")


def test_hooks_are_told_by_scope_without_a_language_in_the_address(service: Service) -> None:
    centre = service.organisation.centre
    (calls,) = ask("hooks", make_key(centre, "calls")).json()["hooks"]
    assert (calls["kind"], calls["address"]) == ("calls", f"http://testserver/hooks/phone/{service.pk}")
    (mail,) = ask("hooks", make_key(centre, "mail")).json()["hooks"]
    assert (mail["kind"], mail["address"]) == ("mail", f"http://testserver/hooks/mail/{service.pk}")
    answer = Client().get("/en/api/v1/hooks", headers=bearer(make_key(centre, "calls")))
    assert answer.json()["hooks"] == [calls]


def test_an_answer_may_be_kept_for_a_moment_and_asked_for_again(service: Service) -> None:
    token = make_key(service.organisation.centre)
    first = ask("openings", token)
    assert first["Cache-Control"] == f"private, max-age={guard.FACTS_KEPT}"
    assert "Access-Control-Allow-Origin" not in first
    again = Client().get("/api/v1/openings", headers={**bearer(token), "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    other = Client().get("/api/v1/openings", headers={**bearer(token), "If-None-Match": '"other"'})
    assert other.status_code == 200
    assert "Authorization" in first["Vary"]


def test_each_key_has_so_many_requests_a_minute(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = service.organisation.centre
    ConnectionsSettings.objects.create(centre=centre, per_minute=2)
    monkeypatch.setattr(guard, "_buckets", {})
    token, other = make_key(centre), make_key(centre)
    statuses = [ask("openings", token).status_code for _number in range(3)]
    assert statuses == [200, 200, 429]
    refused = ask("openings", token)
    assert refused["Retry-After"] == "30"
    assert refused.json()["code"] == "too-fast"
    assert ask("openings", other).status_code == 200


def test_it_can_only_be_read(service: Service) -> None:
    token = make_key(service.organisation.centre)
    for method in ("post", "put", "delete", "patch", "head"):
        answer = getattr(Client(), method)("/api/v1/openings", headers=bearer(token))
        assert answer.status_code == 405
        assert answer["Allow"] == "GET"


def test_of_who_asks_only_the_day_is_kept(service: Service) -> None:
    token = make_key(service.organisation.centre)
    Client(headers={"user-agent": "Spy/1.0"}).get(
        "/api/v1/openings", headers=bearer(token), REMOTE_ADDR="198.51.100.77"
    )
    row = ApiKey.objects.values().get()
    assert row["last_used_on"] == facts.today_of(service.organisation.centre)
    kept = json.dumps(row, default=lambda value: bytes(value).hex() if isinstance(value, memoryview) else str(value))
    for word in ("198.51", "Spy", token, token[14:]):
        assert word not in kept
