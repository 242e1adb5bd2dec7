"""A centre at the test client's host, whose letters can be read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from havn.mail.models import LetterOut
from havn.mail.sealing import Content, unseal
from havn.tenancy.models import Centre
from havn.vocabularies.api import load_public
from tests.tenancy.factories import make_centre


@pytest.fixture
def centre() -> Centre:
    load_public()
    return make_centre(name="Trygg på nett")


@pytest.fixture
def network() -> Centre:
    return make_centre(host="network.example", kind="network", country_code="EU", name="The network")


@pytest.fixture
def anyone() -> Client:
    return Client(headers={"host": "testserver", "origin": "http://testserver"})


@pytest.fixture
def letters() -> Callable[..., list[Content]]:
    """All letters queued so far, in order; with a kind only those."""

    def read(kind: str = "") -> list[Content]:
        rows: Any = LetterOut.objects.exclude(sealed=None).order_by("queued_at")
        return [unseal(row.pk, row.sealed) for row in (rows.filter(kind=kind) if kind else rows)]

    return read
