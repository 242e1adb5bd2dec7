"""Files of figures: small numbers stay inside, no cell is a formula, each export is on the trail before it leaves."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from havn.accounts.models import Role
from havn.audit.models import Entry
from havn.tenancy.models import Service
from havn.vocabularies.models import VocabularyTerm
from tests.accounts.factories import make_staff, signed_in_client
from tests.helpline.figures import contacts, helpline

pytestmark = pytest.mark.django_db
QUARTER = {"kind": "quarter", "day": "2026-02-10"}


@pytest.fixture
def service() -> Service:
    made = helpline()
    contacts(12, made, "2026-02-10", "grooming")
    contacts(9, made, "2026-02-10", "gaming", gender="boy-or-man")
    contacts(2, made, "2026-02-10", "suicide", gender="other", age_band="9-11")
    return made


def client_at(service: Service, role: str = Role.COORDINATOR) -> Client:
    return signed_in_client(make_staff(service.organisation, role))


def taken(client: Client, service: Service, **values: str) -> tuple[Any, bytes]:
    data = {"service": str(service.pk), **QUARTER, "form": "csv", **values}
    answer = client.post("/en/desk/figures/export", data)
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)  # type: ignore[arg-type]


def parts(data: bytes, mark: str = ",") -> dict[str, dict[str, list[str]]]:
    """Title of each table to the first cell of each row to the others."""
    found: dict[str, dict[str, list[str]]] = {}
    title = ""
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=mark):
        if not row:
            title = ""
        elif not title:
            title = row[0]
            found[title] = {}
        else:
            found[title][row[0]] = row[1:]
    return found


def test_a_file_for_others_has_no_small_number_and_nothing_that_gives_it_back(service: Service) -> None:
    answer, data = taken(client_at(service), service)
    found = parts(data)
    reasons = found["Main reason"]
    assert reasons["Suicide"] == ["…", ""]
    assert reasons["Gaming"] == ["…", ""]
    assert reasons["Grooming"][0] == "12"
    assert reasons["Total"] == ["23"]
    assert found["Gender"]["Other"] == ["…", ""]
    # What the totals of a grid and the lists have in common is left out of both.
    assert found["Reason and gender"]["Suicide"][-1] == "…"
    assert "Numbers below 5, and others that would give them back, are left out." in data.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="figures-2026-01-01-2026-03-31.csv"'
    assert answer["Cache-Control"] == "no-store"


def test_a_file_for_others_lacks_the_tables_that_would_tell_what_others_leave_out(service: Service) -> None:
    client = client_at(service)
    for whole, there in (("", False), ("1", True)):
        found = parts(taken(client, service, report="national", whole=whole)[1])
        assert ("Four kinds of risk" in found, "Every reason" in found) == (there, there)


def test_no_small_number_stands_anywhere_in_a_file_for_others(service: Service) -> None:
    for report in ("figures", "quarter", "chi", "national"):
        _answer, data = taken(client_at(service), service, report=report)
        for row in csv.reader(io.StringIO(data.decode())):
            assert not {"1", "2", "3", "4"} & set(row[1:])


def test_a_file_for_inside_has_every_number_and_says_what_it_is(service: Service) -> None:
    answer, data = taken(client_at(service), service, whole="1")
    found = parts(data)
    assert found["Main reason"]["Suicide"][0] == "2"
    assert data.decode().count("For use inside the organisation alone") == len(found)
    assert "-inside.csv" in answer["Content-Disposition"]


def test_only_coordinators_take_small_numbers_out(service: Service) -> None:
    supervisor = client_at(service, Role.SUPERVISOR)
    data = {"service": str(service.pk), **QUARTER, "form": "xlsx", "whole": "1"}
    assert supervisor.post("/en/desk/figures/export", data).status_code == 403
    assert not Entry.objects.filter(action="helpline.figures.exported").exists()
    taken(supervisor, service)
    assert client_at(service, Role.COUNSELLOR).post("/en/desk/figures/export", data).status_code == 403


def test_each_export_stands_on_the_trail_with_what_it_was(service: Service) -> None:
    taken(client_at(service), service, form="xlsx", report="quarter")
    entry = Entry.objects.get(action="helpline.figures.exported")
    assert entry.service_id == service.pk
    assert "quarter" in str(entry.codes) and "out" in str(entry.codes)


def test_a_workbook_is_read_back_with_a_sheet_for_each_table_and_no_formula(service: Service) -> None:
    VocabularyTerm.objects.filter(code="grooming").update(labels={"en": "=HYPERLINK(1)"})
    _answer, data = taken(client_at(service), service, form="xlsx", whole="1")
    book = load_workbook(io.BytesIO(data))
    assert "Main reason" in book.sheetnames
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_a_spreadsheet_gets_what_its_language_writes(service: Service) -> None:
    client = client_at(service)
    data = {"service": str(service.pk), **QUARTER, "form": "spreadsheet", "whole": "1"}
    answer = client.post("/nb/desk/figures/export", data)
    with translation.override("nb"):
        text = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert text.startswith("\ufeff".encode())
    assert any(row == ["12", "52,2"] for table in parts(text, ";").values() for row in table.values())


@pytest.mark.parametrize("values", [{"form": "exe"}, {"form": "csv", "report": "nothing"}])
def test_what_there_is_not_is_not_found(service: Service, values: dict[str, str]) -> None:
    data = {"service": str(service.pk), **QUARTER, **values}
    assert client_at(service).post("/en/desk/figures/export", data).status_code == 404
