"""The demo's open data: loaded with every `make run`, so its audit must take a moment only."""

import pytest

from havn.config.demo.releases import _network, _own
from havn.config.vocabularies import load_vocabularies
from havn.releases.rules.suppress import frame_of, suppress
from tests.releases.factories import Q1

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists() -> None:
    load_vocabularies()


def test_the_demos_tables_are_small_and_hide_something() -> None:
    own, network = _own(0), _network()
    assert len(own.whole) <= 70
    assert len(network.whole) * len(network.parts or {}) <= 200
    for table in (own, network):
        assert suppress(table, frame_of(table, "norway", *Q1)).why


def test_every_talk_of_the_demo_stands_in_its_table() -> None:
    assert sum(_own(1).counts.values()) == 1240
    assert sum(_network().counts.values()) == 840 + 1040 + 760 + 920
