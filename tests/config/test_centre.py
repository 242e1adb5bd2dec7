"""A centre described in a file: loaded whole or not at all, again without harm, with a sentence for each slip."""

import json
from pathlib import Path
from typing import Any

import pytest

from havn.centres.models import ChannelSettings, ContactPoint, OpeningRule
from havn.common.errors import Refused
from havn.config.centre.file import EXAMPLE, read_centre
from havn.config.command import main
from havn.helpline.models import HelplineSettings
from havn.tenancy.models import Centre, Service
from havn.vocabularies.models import VocabularyTerm


def _written(folder: Path, description: Any) -> Path:
    path = folder / "centre.json"
    path.write_text(description if isinstance(description, str) else json.dumps(description), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_the_example_makes_a_centre_that_can_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["centre", "load", str(_written(tmp_path, EXAMPLE))]) == 0
    assert "invite-first norway" in capsys.readouterr().out
    centre = Centre.objects.get(slug="norway")
    assert not centre.is_demo
    assert centre.hosts.get().host == "help.example.org"
    service = Service.objects.get(organisation__centre=centre)
    assert HelplineSettings.objects.get(service=service).needs_staff
    assert OpeningRule.objects.filter(service=service, channel="chat").count() == 7
    assert OpeningRule.objects.filter(service=service, channel="phone").count() == 5
    assert ChannelSettings.objects.get(service=service, channel="chat").stop_admitting_minutes == 45
    assert VocabularyTerm.objects.filter(vocabulary__dimension="reason").exists()


@pytest.mark.django_db
def test_loading_again_brings_names_up_to_date_and_leaves_the_hours(tmp_path: Path) -> None:
    main(["centre", "load", str(_written(tmp_path, EXAMPLE))])
    OpeningRule.objects.filter(channel="chat", weekday=6).delete()
    changed = json.loads(EXAMPLE) | {"name": "A new name"}
    main(["centre", "load", str(_written(tmp_path, changed))])
    assert Centre.objects.get().name == "A new name"
    assert ContactPoint.objects.count() == 3
    assert OpeningRule.objects.filter(channel="chat").count() == 6


@pytest.mark.django_db
def test_a_slip_is_told_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = json.loads(EXAMPLE)
    wrong["organisations"][0]["services"][0]["points"][2]["chanel"] = "letter"
    assert main(["centre", "load", str(_written(tmp_path, wrong))]) == 1
    assert "chanel" in capsys.readouterr().err
    assert not Centre.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"zone": "Europe/Nowhere"}, "time zone"),
        ({"zone": "../etc/passwd"}, "time zone"),
        ({"country": "Norway"}, "two letters"),
        ({"languages": []}, "list of words"),
        ({"slug": "Two Words"}, "small letters"),
        ({"name": ""}, "should be words"),
        ({"organisations": {}}, "should be a list"),
        ({"organisations": ["x"]}, "should be an object"),
        ({"texts": {"colour": "blue"}}, "not known"),
        ({"hosts": "one.example"}, "list of words"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        read_centre(_written(tmp_path, json.loads(EXAMPLE) | change))


def test_a_file_that_is_not_there_or_not_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_centre(tmp_path / "nowhere.json")
    with pytest.raises(Refused, match="not JSON"):
        read_centre(_written(tmp_path, "{"))
