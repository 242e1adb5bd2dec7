"""Contacts of the past: read, mapped, tried, applied once, taken back exactly, and gone from where they waited."""

import datetime as dt
import io
import zipfile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import Workbook

from havn.accounts.models import Role, User
from havn.audit.models import Entry
from havn.common.clock import now
from havn.common.errors import NotAllowed, Refused
from havn.helpline.imports import actions, applying, queries, reading, staging
from havn.helpline.imports.known import known_at
from havn.helpline.imports.rules import Known, Meaning, contact_of, guess, words_of
from havn.helpline.imports.tasks import forget_staged
from havn.helpline.models import BatchRows, Contact, ContactBatch, ContactReason
from havn.helpline.models.batch import ImportMeaning
from havn.helpline.rules.figures import Facts
from havn.statistics.checking import check
from havn.tasks.api import run_due
from havn.tenancy.models import Service
from tests.accounts.factories import make_staff, signed_in_client
from tests.helpline.figures import contact, helpline

pytestmark = pytest.mark.django_db
HEADS = ["Dato", "Kl", "Kanal", "Tema", "Alder", "Kjønn", "På nett", "Varighet"]
ROWS = [
    HEADS,
    ["01.02.2022", "14:40", "Chat", "Sextortion", "13", "jente", "ja", "12"],
    ["02.02.2022", "15:10", "Telefon", "Sextortion", "11", "gutt", "nei", "3,5"],
    ["03.05.2023", "16:00", "Chat", "Sextortion", "16", "jente", "ja", "40"],
    ["31.02.2022", "16:00", "Chat", "Sextortion", "16", "jente", "ja", "40"],
]


@pytest.fixture
def service() -> Service:
    return helpline()


@pytest.fixture
def kari(service: Service) -> User:
    return make_staff(service.organisation, Role.COORDINATOR)


def staged(service: Service, actor: User, rows: list[list[str]] | None = None) -> ContactBatch:
    """A file with what its heads and words look like said."""
    batch = actions.take_in(actor=actor, service=service, rows=rows or ROWS)
    heads = staging.heads_of(batch)
    meaning = queries.meaning_for(batch, heads, service)
    meaning = queries.with_guesses(meaning, queries.words_in(batch, dict(meaning.columns)))
    return actions.say_meaning(actor=actor, batch_id=batch.pk, meaning=meaning)


def run_all(batch: ContactBatch, step: Any = applying.apply_step) -> None:
    known = known_at(batch.service)
    while step(batch.pk, known):
        pass


def test_a_row_becomes_a_contact_under_the_list_of_its_day(service: Service, kari: User) -> None:
    batch = staged(service, kari)
    trial = queries.try_rows(batch, staging.meaning_of(batch), known_at(service))
    assert (trial.contacts, trial.passed_over) == (3, 1)
    assert trial.problems[0][0] == 5
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    first = Contact.objects.get(half_hour=dt.datetime(2022, 2, 1, 13, 30, tzinfo=dt.UTC))
    assert (first.channel, first.age_band, first.gender, first.online) == ("chat", "12-14", "girl-or-woman", True)
    assert first.length_band == "5-15"
    codes = set(ContactReason.objects.values_list("vocabulary", "code", "main"))
    assert codes == {("insafe-reasons-2018", "sextortion", True), ("insafe-reasons-2023", "oscec", True)}
    batch.refresh_from_db()
    assert (batch.state, batch.contacts, batch.passed_over) == ("applied", 3, 1)
    assert not list(check())


def test_pressing_twice_and_stopping_in_between_makes_no_contact_twice(
    service: Service, kari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PART", 1)
    batch = staged(service, kari)
    actions.apply(actor=kari, batch_id=batch.pk)
    actions.apply(actor=kari, batch_id=batch.pk)
    known = known_at(service)
    assert applying.apply_step(batch.pk, known)
    run_all(batch)
    run_all(batch)
    assert Contact.objects.filter(batch=batch).count() == 3
    assert not applying.apply_step(batch.pk, known)
    assert not list(check())


def test_the_same_file_again_is_the_same_batch_and_once_applied_refused(service: Service, kari: User) -> None:
    batch = staged(service, kari)
    assert actions.take_in(actor=kari, service=service, rows=ROWS).pk == batch.pk
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    with pytest.raises(Refused, match="taken in before"):
        actions.take_in(actor=kari, service=service, rows=ROWS)


def test_undo_takes_back_what_came_with_the_file_and_nothing_else(service: Service, kari: User) -> None:
    own = contact(service, "2022-02-01", "sextortion")
    batch = staged(service, kari)
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    actions.undo(actor=kari, batch_id=batch.pk)
    actions.undo(actor=kari, batch_id=batch.pk)
    run_all(batch, applying.undo_step)
    assert list(Contact.objects.all()) == [own]
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert not list(check())
    assert actions.take_in(actor=kari, service=service, rows=ROWS).pk != batch.pk


def test_the_background_work_applies_and_takes_back(service: Service, kari: User) -> None:
    batch = staged(service, kari)
    actions.apply(actor=kari, batch_id=batch.pk)
    run_due()
    assert Contact.objects.filter(batch=batch).count() == 3
    actions.undo(actor=kari, batch_id=batch.pk)
    run_due()
    assert not Contact.objects.filter(batch=batch).exists()


def test_no_word_of_a_file_lies_in_clear_and_none_stays_once_it_is_applied(service: Service, kari: User) -> None:
    rows = [[*HEADS, "Navn"], *([*row, "Zaphodsen"] for row in ROWS[1:])]
    batch = actions.take_in(actor=kari, service=service, rows=rows)
    with connection.cursor() as cursor:
        for table in ("helpline_batchrows", "helpline_contactbatch", "helpline_importmeaning"):
            cursor.execute(f"SELECT * FROM {table}")
            assert b"Zaphodsen" not in repr(cursor.fetchall()).encode()
    assert "Zaphodsen" in str(list(staging.parts_of(batch)))
    # Once the meaning is said, a column that is no field is not even kept sealed; the others are as they were.
    assert staged(service, kari, rows).pk == batch.pk
    assert "Zaphodsen" not in str(list(staging.parts_of(batch)))
    assert "Sextortion" in str(list(staging.parts_of(batch)))
    assert staging.heads_of(batch) == [*HEADS, ""]
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    batch.refresh_from_db()
    assert not BatchRows.objects.exists()
    assert not batch.meaning_sealed


def test_rows_that_nobody_applies_go_after_seven_days(service: Service, kari: User) -> None:
    staged(service, kari)
    with time_machine.travel(now() + dt.timedelta(days=6, hours=23)):
        assert forget_staged.func() == 0
    with time_machine.travel(now() + dt.timedelta(days=7, hours=1)):
        assert forget_staged.func() == 1
    assert not ContactBatch.objects.exists()
    assert not BatchRows.objects.exists()


def test_what_goes_when_tells_of_rows_that_wait(service: Service, kari: User) -> None:
    client = _client(service, Role.SUPERVISOR)
    assert "Files of contacts of the past" not in client.get("/en/desk/when").content.decode()
    staged(service, kari)
    assert "1 file waits to be applied." in client.get("/en/desk/when").content.decode()


def test_what_was_said_is_remembered_for_the_next_file(service: Service, kari: User) -> None:
    batch = actions.take_in(actor=kari, service=service, rows=ROWS)
    said = {"reason": {"Sextortion": "grooming", "Private": ""}}
    constants = {"channel": "phone", "result": "answered", "language": "nb"}
    actions.say_meaning(actor=kari, batch_id=batch.pk, meaning=Meaning({"day": 0, "reason": 3}, said, constants))
    # A file that nobody applies leaves no word behind.
    assert not ImportMeaning.objects.exists()
    actions.apply(actor=kari, batch_id=batch.pk)
    run_all(batch)
    rows = [["Tema", "Dato"], ["Sextortion", "2026-01-02"]]
    other = actions.take_in(actor=kari, service=service, rows=rows)
    found = queries.meaning_for(other, rows[0], service)
    assert dict(found.columns) == {"day": 1, "reason": 0}
    assert found.values["reason"] == {"Sextortion": "grooming"}
    assert found.constants["channel"] == "phone"


def test_only_coordinators_of_the_helpline_take_in(service: Service) -> None:
    for role in (Role.SUPERVISOR, Role.COUNSELLOR):
        with pytest.raises(NotAllowed):
            actions.take_in(actor=make_staff(service.organisation, role), service=service, rows=ROWS)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "", "chat"], ("missing", "day")),
        (["2031-01-01", "", "chat"], ("when", "day")),
        (["1999-12-31", "", "chat"], ("when", "day")),
        (["2026-01-02", "25:00", "chat"], ("time", "time")),
        (["2026-01-02", "", "smoke"], ("unmapped", "channel")),
        (["2026-01-02", "", ""], ("missing", "channel")),
        (["2026-01-02", "", "chat", "long"], ("minutes", "length")),
        (["2022-01-02", "", "chat", "3", "fakes"], ("not-then", "reason")),
    ],
)
def test_each_mistake_of_a_row_is_said(row: list[str], problem: tuple[str, str]) -> None:
    known = Known(
        codes={"channel": ("chat",), "result": ("answered",), "language": ("en",), "reason": ("fake-news",)},
        reasons=[
            ("r18", dt.date(2018, 1, 1), dt.date(2023, 3, 31), frozenset({"gaming"})),
            ("r23", dt.date(2023, 4, 1), None, frozenset({"fake-news"})),
        ],
        lines={"fake-news": ("fake-news",)},
        zone=ZoneInfo("Europe/Oslo"),
        today=dt.date(2026, 11, 29),
    )
    meaning = Meaning(
        {"day": 0, "time": 1, "channel": 2, "length": 3, "reason": 4},
        {"channel": {"chat": "chat"}, "reason": {"fakes": "fake-news"}},
        {"result": "answered", "language": "en"},
    )
    found = contact_of(row, meaning, known)
    assert not isinstance(found, Facts)
    assert problem in {(one.code, one.field) for one in found}
    assert isinstance(contact_of(["2026-01-02", "9.30", "chat", "3", "fakes"], meaning, known), Facts)


def test_words_and_guesses() -> None:
    assert words_of([["b"], ["a"], ["b"], [""]], 0, several=False) == ["a", "b"]
    assert words_of([["x, y"], ["y; z"]], 0, several=True) == ["x", "y", "z"]
    assert words_of([[f"{number}"] for number in range(100)], 0, several=False) is None
    assert [guess("age_band", age, {}) for age in ("8", "9", "14", "18", "19", "old")] == [
        "under-9", "9-11", "12-14", "15-18", "over-18", ""
    ]  # fmt: skip


def test_files_as_programs_write_them_are_read() -> None:
    rows = [["Dato", "Årsak"], ["2026-01-02", "Søvn; uro"]]
    for text in ('Dato;Årsak\r\n2026-01-02;"Søvn; uro"\r\n', "Dato,Årsak\n2026-01-02,Søvn; uro\n\n"):
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            assert reading.rows_of(text.encode(encoding)) == rows
    book = Workbook()
    assert book.active is not None
    book.active.append(["Dato", "Kl", "Antall"])
    book.active.append([dt.datetime(2026, 1, 2), dt.time(14, 30), 3.0])
    file = io.BytesIO()
    book.save(file)
    assert reading.rows_of(file.getvalue()) == [["Dato", "Kl", "Antall"], ["2026-01-02", "14:30", "3"]]


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (reading.UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize("data", [b"", b"Dato\n", b"\x00\x01\x02", b"PK\x03\x04nonsense", b"x" * (reading.LONGEST + 1)])
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused):
        reading.rows_of(data)


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Refused, match="too large"):
        reading.rows_of(_bomb())


def _client(service: Service, role: str = Role.COORDINATOR) -> Client:
    return signed_in_client(make_staff(service.organisation, role))


def test_the_screens_from_file_to_undo(service: Service) -> None:
    client = _client(service)
    text = "\n".join(";".join(row) for row in ROWS).encode()
    sent = {"file": SimpleUploadedFile("past.csv", text), "service": str(service.pk)}
    answer = client.post("/en/desk/figures/imports/file", sent)
    address = answer["Location"]
    html = client.get(address).content.decode()
    assert "What the columns are" in html and "What would become of it" not in html
    values = {f"column-{name}": str(at) for at, name in enumerate(["day", "time", "channel", "reason"])}
    values |= {"constant-channel": "chat", "constant-result": "answered", "constant-language": "nb"}
    values |= {"was-column-channel": "2", "was-column-reason": "3"}
    values |= {"value-channel-0": "chat", "value-channel-1": "phone", "value-reason-0": "sextortion"}
    assert client.post(address, values).status_code == 302
    html = client.get(address).content.decode()
    assert "3 rows would become contacts." in html and "1 row has a mistake" in html
    assert "31.02.2022” is no day." in html
    assert client.post(f"{address}/apply").status_code == 302
    run_due()
    assert Contact.objects.count() == 3
    assert "Take all of them back" in client.get(address).content.decode()
    assert client.post(f"{address}/undo").status_code == 302
    run_due()
    assert not Contact.objects.exists()
    assert Entry.objects.filter(action__startswith="helpline.import.").count() == 3
    assert "Taken back" in client.get("/en/desk/figures/imports").content.decode()


def test_rows_can_be_destroyed_before_and_not_after(service: Service, kari: User) -> None:
    client = _client(service)
    batch = staged(service, kari)
    assert client.post(f"/en/desk/figures/imports/{batch.pk}/discard").status_code == 302
    assert not BatchRows.objects.exists()
    batch = staged(service, kari)
    actions.apply(actor=kari, batch_id=batch.pk)
    assert client.post(f"/en/desk/figures/imports/{batch.pk}/discard").status_code == 409


def test_a_file_of_another_helpline_and_a_wrong_file_are_refused(service: Service, kari: User) -> None:
    batch = staged(service, kari)
    other = helpline(centre=service.organisation.centre)
    assert _client(other).get(f"/en/desk/figures/imports/{batch.pk}").status_code == 403
    answer = _client(service).post("/en/desk/figures/imports/file", {"file": SimpleUploadedFile("a.csv", b"\x00\x01")})
    assert answer.status_code == 409
    assert "neither CSV nor XLSX" in answer.content.decode()
    assert _client(service).post("/en/desk/figures/imports/file", {}).status_code == 400
