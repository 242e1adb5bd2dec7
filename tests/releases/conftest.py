"""A centre at the test client's host."""

import pytest
from django.test import Client

from havn.tenancy.models import Centre
from tests.tenancy.factories import make_centre


@pytest.fixture
def centre() -> Centre:
    return make_centre(name="Trygg på nett", slug="norway")


@pytest.fixture
def anyone() -> Client:
    return Client(headers={"host": "testserver"})
