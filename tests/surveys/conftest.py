"""A centre at the test client's host, and somebody who runs its surveys."""

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client
from tests.tenancy.factories import make_centre


@pytest.fixture
def centre() -> Centre:
    found = make_centre(name="Trygg på nett")
    make_organisation(found, "red-cross")
    return found


@pytest.fixture
def officer(centre: Centre) -> User:
    return make_staff(centre, "data_officer")


@pytest.fixture
def at_desk(officer: User) -> Client:
    return signed_in_client(officer)


@pytest.fixture
def child() -> Client:
    return Client(headers={"host": "testserver", "origin": "http://testserver"})
