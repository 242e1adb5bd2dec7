"""Each app's README: its table of screens is complete, and every file that it names is there."""

import re
from pathlib import Path

import pytest

from tests.codebase.places import HAVN, LAYERS, ROOT
from tools.routes import web_routes

APPS = [app for app in LAYERS if (HAVN / app).is_dir()]
COLUMNS = ("screen", "url name", "view", "template", "test")


def rows(readme: Path) -> list[list[str]]:
    """The cells of the table of screens, without its head."""
    lines = readme.read_text().splitlines()
    found: list[list[str]] = []
    inside = False
    for line in lines:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if [cell.lower() for cell in cells] == list(COLUMNS):
            inside = True
        elif inside and not line.startswith("|"):
            inside = False
        elif inside and not set(line) <= set("|-: "):
            found.append(cells)
    return [cells for cells in found if cells[1]]


@pytest.mark.parametrize("app", APPS)
def test_an_app_says_what_it_is(app: str) -> None:
    text = (HAVN / app / "README.md").read_text()
    assert text.startswith("# ")
    assert len(text) > 300


@pytest.mark.parametrize("app", APPS)
def test_the_table_of_screens_names_every_address_of_the_app_and_no_other(app: str) -> None:
    told = {name for cells in rows(HAVN / app / "README.md") for name in re.findall(r"[a-z]+:[a-z_]+", cells[1])}
    exist = {route.name for route in web_routes() if route.name.startswith(f"{app}:")}
    assert exist - told == set(), "addresses that the table does not tell"
    assert told - exist == set(), "addresses in the table that do not exist"


@pytest.mark.parametrize("app", APPS)
def test_every_file_named_in_the_table_of_screens_is_there(app: str) -> None:
    for cells in rows(HAVN / app / "README.md"):
        for path in re.findall(r"[\w/]+\.(?:py|html)", " ".join(cells[2:])):
            places = (HAVN / app / path, ROOT / path, *(one / "templates" / path for one in HAVN.iterdir()))
            assert any(place.is_file() for place in places), f"{path} of {cells[0]}"
