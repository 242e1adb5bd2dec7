"""Files of past contacts that are odd: other columns, blank rows, too much text, work that came to a halt."""

import io
from typing import Any

import pytest
from django.db import connection
from openpyxl import Workbook

from havn.accounts.models import Role, User
from havn.common.errors import Refused
from havn.helpline.actions.counting import _take_back
from havn.helpline.imports import actions, applying, queries, reading, staging
from havn.helpline.imports.known import known_at
from havn.helpline.imports.rules import Meaning
from havn.helpline.imports.tasks import go_on
from havn.helpline.models import BatchRows, Contact, ContactBatch, Turn
from havn.live.models import Conversation
from havn.statistics.checking import check
from havn.tasks.api import run_due
from havn.tasks.models import QueuedTask
from havn.tenancy.models import Service
from tests.accounts.factories import make_staff, signed_in_client
from tests.helpline.figures import helpline
from tests.helpline.test_import import ROWS, run_all, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    return helpline()


@pytest.fixture
def kari(service: Service) -> User:
    return make_staff(service.organisation, Role.COORDINATOR)


def test_codes_said_for_another_column_are_not_given_to_its_words(service: Service, kari: User) -> None:
    batch = actions.take_in(actor=kari, service=service, rows=ROWS)
    client, address = signed_in_client(kari), f"/en/desk/figures/imports/{batch.pk}"
    assert 'name="was-column-gender" value="5"' in client.get(address).content.decode()
    values = {"column-day": "0", "column-gender": "2", "was-column-gender": "5", "column-reason": "3"}
    values |= {"was-column-reason": "3", "value-reason-0": "sextortion", "value-gender-0": "boy-or-man"}
    assert client.post(address, values).status_code == 302
    said = staging.meaning_of(ContactBatch.objects.get())
    assert said.columns["gender"] == 2
    assert said.values == {"reason": {"Sextortion": "sextortion"}}


def test_no_row_is_cut_off_and_each_keeps_its_number(
    service: Service, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = reading.rows_of(b"\nDato;Kanal\n01.02.2022;chat\n;\n\n31.02.2022;chat\n\n")
    batch = actions.take_in(actor=kari, service=service, rows=rows)
    assert (staging.heads_of(batch), batch.rows) == (["Dato", "Kanal"], 2)
    meaning = Meaning({"day": 0, "channel": 1}, {"channel": {"chat": "chat"}}, {"result": "answered", "language": "nb"})
    trial = queries.try_rows(batch, meaning, known_at(service))
    assert (trial.contacts, trial.passed_over, trial.problems[0][0]) == (1, 1, 6)
    actions.say_meaning(actor=kari, batch_id=batch.pk, meaning=meaning)
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    batch.refresh_from_db()
    assert (batch.done, batch.contacts, batch.passed_over) == (2, 1, 1)
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(reading.rows_of(b"Dato\n1\n\n3\n")) == 4
    with pytest.raises(Refused, match="more than 20,000 rows"):
        reading.rows_of(b"Dato\n\n\n\n4\n")


def test_a_file_with_too_much_text_is_refused_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_TEXT", 10)
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["Dato"], ["2026-01-02"]):
        book.active.append(row)
    book.save(file)
    for data in (file.getvalue(), b"Dato\n2026-01-02\n"):
        with pytest.raises(Refused, match="too much text"):
            reading.rows_of(data)


def test_a_file_that_came_to_a_halt_goes_on_or_is_taken_back(
    service: Service, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PART", 1)
    batch = staged(service, kari)
    actions.apply(actor=kari, batch_id=batch.pk)
    applying.apply_step(batch.pk, known_at(service))
    # As after a restore: no task is in a backup.
    QueuedTask.objects.all().delete()
    assert go_on.func() == 1
    run_due()
    batch.refresh_from_db()
    assert (batch.state, batch.contacts, batch.passed_over) == ("applied", 3, 1)
    actions.undo(actor=kari, batch_id=batch.pk)
    QueuedTask.objects.all().delete()
    assert go_on.func() == 1
    run_due()
    batch = staged(service, kari)
    actions.apply(actor=kari, batch_id=batch.pk)
    applying.apply_step(batch.pk, known_at(service))
    QueuedTask.objects.all().delete()
    client, address = signed_in_client(kari), f"/en/desk/figures/imports/{batch.pk}"
    assert "Take all of them back" in client.get(address).content.decode()
    assert client.post(f"{address}/undo").status_code == 302
    assert not BatchRows.objects.exists()
    run_due()
    assert not Contact.objects.exists()
    assert set(ContactBatch.objects.values_list("state", flat=True)) == {"undone"}
    assert go_on.func() == 0
    assert not list(check())


def test_no_row_is_sealed_opened_or_read_while_others_wait_for_the_database(
    service: Service, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: dict[str, list[int]] = {}

    def told(name: str, real: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            depths.setdefault(name, []).append(len(connection.savepoint_ids))
            return real(*args, **more)

        return call

    for where, name in (
        (staging, "fingerprint_of"), (staging, "sealed_parts"), (staging, "without_unmapped"), (staging, "opened"),
        (applying, "contact_of"),
    ):  # fmt: skip
        monkeypatch.setattr(where, name, told(name, getattr(where, name)))
    batch = staged(service, kari)
    monkeypatch.setattr(staging, "meaning_of", told("meaning_of", staging.meaning_of))
    actions.apply(actor=kari, batch_id=batch.pk)
    depths.pop("meaning_of")
    depths["opened"].clear()
    applying.apply_step(batch.pk, known_at(service))
    assert depths.pop("meaning_of") == [0]
    assert len(depths["contact_of"]) == 4
    assert {depth for found in depths.values() for depth in found} == {0}


def test_an_attempt_taken_back_is_never_one_that_came_with_a_file(service: Service, kari: User) -> None:
    rows = [["Dato", "Kl", "Resultat"], ["02.03.2026", "14:40", "left"]]
    batch = staged(service, kari, rows)
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    imported = Contact.objects.get()
    moment = int(imported.half_hour.timestamp() * 1000)
    talk = Conversation.objects.create(
        centre_id=service.organisation.centre_id, service=service, kind="helpline.chat", started_at_ms=moment,
        last_at_ms=moment,
    )  # fmt: skip
    turn = Turn(conversation=talk, service=service, channel="chat", language=imported.language, age_band="")
    assert _take_back(turn, 0, moment) is None
    assert Contact.objects.filter(pk=imported.pk).exists()
