"""The builder's desk: a centre, its data officer, a draft of theirs, and the browser in which they are signed in."""

import pytest
from django.test import Client

from havn.accounts.models import User
from havn.forms.models import FormVersion
from havn.tenancy.models import Centre
from tests.forms.building import client_of, make_draft, officer
from tests.tenancy.factories import make_centre


@pytest.fixture
def centre(db: None) -> Centre:
    return make_centre()


@pytest.fixture
def user(centre: Centre) -> User:
    return officer(centre)


@pytest.fixture
def draft(user: User, centre: Centre) -> FormVersion:
    return make_draft(centre, user)


@pytest.fixture
def client(user: User, centre: Centre) -> Client:
    return client_of(user, centre)
