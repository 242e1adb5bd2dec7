"""The network's centre at a host of its own, countries with helplines, and the lists that contacts are coded with."""

import pytest

from havn.helpline.actions.vocabularies import load_vocabularies
from havn.tenancy.models import Centre
from tests.trends.factories import country, network_centre
from tests.vault.conftest import _nothing_remembered

__all__ = ["_nothing_remembered"]


@pytest.fixture
def network(db: None) -> Centre:
    load_vocabularies()
    return network_centre()


@pytest.fixture
def norway(network: Centre) -> Centre:
    return country("no", "Norway", host="no.test")


@pytest.fixture
def denmark(network: Centre) -> Centre:
    return country("dk", "Denmark", host="dk.test")
