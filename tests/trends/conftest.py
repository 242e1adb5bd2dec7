"""The network's centre at a host of its own, countries with helplines, and the lists that contacts are coded with."""

import pytest

from havn.accounts.models import User
from havn.helpline.actions.vocabularies import load_vocabularies
from havn.tenancy.models import Centre
from tests.trends.factories import country, network_centre, person
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


@pytest.fixture
def coordinator(network: Centre) -> User:
    user, _client = person(network, "coordinator")
    return user


@pytest.fixture
def four(network: Centre) -> list[Centre]:
    return [
        country(code, name)
        for code, name in (("at", "Austria"), ("be", "Belgium"), ("cz", "Czechia"), ("ee", "Estonia"))
    ]
