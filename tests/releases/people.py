"""Staff of a centre, and a table that a test offers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client

from havn.accounts.models import User
from havn.releases import registry
from havn.releases.registry import TableSource, register_table
from havn.releases.rules.tables import Table
from havn.tenancy.models import Centre
from tests.accounts.factories import make_organisation, make_staff, signed_in_client

SOURCE = "test.table"


def member(centre: Centre, role: str = "coordinator") -> User:
    """Somebody of the centre with this role."""
    return make_staff(centre.organisations.first() or make_organisation(centre), role)


def client_of(centre: Centre, role: str = "coordinator") -> Client:
    """Their browser."""
    return signed_in_client(member(centre, role), host=centre.hosts.get().host)


@contextmanager
def offered(table: Table | None) -> Iterator[None]:
    """While it lasts every centre may publish this table, whatever the period."""
    register_table(
        TableSource(
            SOURCE, "test.talks", lambda: "Talks of the test", lambda: "For tests.",
            lambda centre, period: table, lambda centre: True,
        )
    )  # fmt: skip
    try:
        yield
    finally:
        del registry._sources[SOURCE]
