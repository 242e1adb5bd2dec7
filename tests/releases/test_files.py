"""The files of a release: read back by other programs than those that wrote them."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from csvw import TableGroup
from django.test import Client
from openpyxl import load_workbook

from havn.releases import api
from havn.releases.rules.tables import Category, Dimension, Table
from havn.tenancy.models import Centre
from tests.releases.factories import Q1, dimension, grid, make_dataset, make_release

pytestmark = pytest.mark.django_db
V1 = "/en/data/talks/2026-q1/v1"


def test_the_csv_has_a_line_for_each_number(centre: Centre, anyone: Client) -> None:
    make_release(make_dataset(centre, key="talks"))
    answer = anyone.get(f"{V1}.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="talks-2026-q1-v1.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 16
    by_code = {(row["reason"], row["age"]): row for row in rows}
    assert (by_code["_T", "_T"]["count"], by_code["_T", "_T"]["reason_label"]) == ("103", "All together")
    assert (by_code["reason0", "age1"]["count"], by_code["reason0", "age1"]["status"]) == ("", "hidden")
    assert by_code["reason2", "age2"]["count"] == "0"


def test_the_metadata_describes_the_csv_as_w3c_says(centre: Centre, anyone: Client, tmp_path: Path) -> None:
    """Read by `csvw`: every column, type and key of the metadata fits the file, and where to find it is said."""
    make_release(make_dataset(centre, key="talks", title="Talks", language="nb"))
    answer = anyone.get(f"{V1}.csv")
    found = re.fullmatch(r'<(.+)>; rel="describedby"; type="application/csvm\+json"', answer.headers["Link"])
    assert found and found[1] == f"{V1}.csv-metadata.json"
    about = anyone.get(found[1])
    assert about.headers["Content-Type"] == "application/csvm+json; charset=utf-8"
    (tmp_path / "v1.csv").write_bytes(answer.content)
    metadata = json.loads(about.content)
    (tmp_path / "v1.csv-metadata.json").write_text(json.dumps(metadata))
    # The library reads groups of tables; a table by itself is a group of one.
    tables = {"@context": metadata["@context"], "tables": [metadata]}
    (tmp_path / "group.json").write_text(json.dumps(tables))
    group = TableGroup.from_file(tmp_path / "group.json")
    table = group.tables[0]
    assert table.check_primary_key() is True
    rows = list(table.iterdicts(strict=True))
    assert len(rows) == 16
    assert {row["status"] for row in rows} == {"shown", "hidden"}
    assert all((row["count"] is None) == (row["status"] == "hidden") for row in rows)
    assert metadata["dc:license"]["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert metadata["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "nb"}]


def test_a_code_that_the_metadata_does_not_name_is_found_by_its_reader(
    centre: Centre, anyone: Client, tmp_path: Path
) -> None:
    """So the check above can fail."""
    make_release(make_dataset(centre, key="talks"))
    content = anyone.get(f"{V1}.csv").content.replace(b"reason0,", b"reason9,")
    (tmp_path / "v1.csv").write_bytes(content)
    metadata = json.loads(anyone.get(f"{V1}.csv-metadata.json").content)
    (tmp_path / "group.json").write_text(json.dumps({"@context": metadata["@context"], "tables": [metadata]}))
    with pytest.raises(ValueError):
        list(TableGroup.from_file(tmp_path / "group.json").tables[0].iterdicts(strict=True))


def test_the_workbook_shows_the_table(centre: Centre, anyone: Client) -> None:
    make_release(make_dataset(centre, key="talks", title="Talks"))
    answer = anyone.get(f"{V1}.xlsx")
    page = load_workbook(io.BytesIO(answer.content)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "Talks"
    assert ["Reason", "Age 0", "Age 1", "Age 2", "All together"] in rows
    assert next(row for row in rows if row[0] == "All together")[-1] == 103
    assert any("hidden" in row for row in rows)


def test_the_json_holds_the_same(centre: Centre, anyone: Client) -> None:
    release = make_release(make_dataset(centre, key="talks"))
    said = json.loads(anyone.get(f"{V1}.json").content)
    assert said["period"] == {"first": "2026-01-01", "last": "2026-03-31"}
    counts = {(cell["codes"]["reason"], cell["codes"]["age"]): cell["count"] for cell in said["cells"]}
    assert counts["_T", "_T"] == 103 and counts["reason0", "age1"] is None
    assert sum(number is None for number in counts.values()) == len(release.log)


def test_no_cell_of_any_file_is_a_formula(centre: Centre, anyone: Client) -> None:
    hostile = Dimension("reason", "=cmd()", (Category("=1+1", "=HYPERLINK(1)"), Category("+2", "@sum")))
    table = Table((hostile, dimension("age", 2)), {("=1+1", "age0"): 9, ("+2", "age1"): 12})
    dataset = make_dataset(centre, key="talks", title="-2+3")
    api.publish(api.prepare(dataset, table, first=Q1[0], last=Q1[1]), None)
    for row in csv.reader(io.StringIO(anyone.get(f"{V1}.csv").content.decode())):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    page = load_workbook(io.BytesIO(anyone.get(f"{V1}.xlsx").content)).active
    assert page is not None
    for line in page.iter_rows():
        for cell in line:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


def test_three_dimensions_make_a_sheet_for_each_of_the_first(centre: Centre, anyone: Client) -> None:
    dimensions = (dimension("channel", 2), dimension("reason", 2), dimension("age", 2))
    counts = {(f"channel{c}", f"reason{r}", f"age{a}"): 20 + c for c in range(2) for r in range(2) for a in range(2)}
    make_release(make_dataset(centre, key="talks"), Table(dimensions, counts))
    book = load_workbook(io.BytesIO(anyone.get(f"{V1}.xlsx").content))
    assert len(book.sheetnames) == 3
    assert anyone.get("/en/data/talks").content.decode().count("<caption>") == 3


@pytest.mark.parametrize("ending", ["csv", "csv-metadata.json", "xlsx", "json"])
def test_whoever_has_a_file_is_told_that_it_is_the_same(centre: Centre, anyone: Client, ending: str) -> None:
    make_release(make_dataset(centre, key="talks"), grid([[20, 30]]))
    first = anyone.get(f"{V1}.{ending}")
    assert first.headers["Cache-Control"] == "no-store"
    again = anyone.get(f"{V1}.{ending}", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = anyone.get(f"{V1}.{ending}", headers={"if-none-match": '"other"'})
    assert other.status_code == 200 and other.headers["ETag"] == first.headers["ETag"]
