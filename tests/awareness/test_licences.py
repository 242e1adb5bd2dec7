"""What a licence lets another centre do, by the deeds."""

import pytest

from havn.awareness.models import ResourcePage
from havn.awareness.rules.licences import LICENCES, Way, kept, way_of


def test_every_licence_that_a_page_may_have_has_its_rule() -> None:
    assert set(LICENCES) == set(ResourcePage.Licence.values)


@pytest.mark.parametrize(
    ("licence", "way"),
    [
        ("cc0-1.0", Way.ADAPT), ("cc-by-4.0", Way.ADAPT), ("cc-by-sa-4.0", Way.ADAPT), ("cc-by-nc-4.0", Way.ADAPT),
        ("cc-by-nc-sa-4.0", Way.ADAPT), ("cc-by-nd-4.0", Way.LINK), ("cc-by-nc-nd-4.0", Way.LINK),
        ("reserved", Way.ASK), ("", Way.ASK), ("unheard-of", Way.ASK),
    ],
)  # fmt: skip
def test_what_may_be_changed_what_only_linked_and_what_asked_for(licence: str, way: Way) -> None:
    assert way_of(licence) == way


@pytest.mark.parametrize(
    ("source", "wished", "comes"),
    [
        ("cc-by-sa-4.0", "cc-by-4.0", "cc-by-sa-4.0"),
        ("cc-by-sa-4.0", "reserved", "cc-by-sa-4.0"),
        ("cc-by-nc-4.0", "cc-by-4.0", "cc-by-nc-4.0"),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc-by-nc-sa-4.0"),
        ("cc-by-4.0", "cc-by-sa-4.0", "cc-by-sa-4.0"),
        ("cc-by-4.0", "cc0-1.0", "cc-by-4.0"),
        ("cc0-1.0", "reserved", "reserved"),
        ("", "cc-by-4.0", "cc-by-4.0"),
    ],
)
def test_an_adaptation_keeps_what_its_source_demands(source: str, wished: str, comes: str) -> None:
    assert kept(source, wished) == comes


def test_what_may_be_changed_may_at_least_keep_its_own_licence_and_loses_no_condition() -> None:
    for code, licence in LICENCES.items():
        if licence.way == Way.ADAPT:
            assert code in licence.may_become
            for wish in licence.may_become:
                assert not ("-nc" in code and "-nc" not in wish), (code, wish)
                assert not ("-sa" in code and "-sa" not in wish), (code, wish)
        else:
            assert not licence.may_become
