"""The triggers: not even SQL changes the trail, and it is shortened only below a signed checkpoint."""

import pytest
from django.db import DatabaseError, connection, transaction

from havn.audit import api
from havn.audit.models import Checkpoint
from tests.audit.test_verify import CENTRE, YEAR_MS, fill, with_clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor_id = 9",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE seq = 3",
        "UPDATE audit_checkpoint SET seq = 99",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_the_database_refuses(sql: str) -> None:
    fill(3)
    Checkpoint.objects.create(centre_id=CENTRE, seq=1, hash=b"h", at_ms=0, signature=b"s")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_emptying_the_table_is_refused() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; a DELETE is refused above.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_entry")


def test_the_cut_at_five_years_works_with_the_triggers_in_place() -> None:
    from havn.common import clock

    now = clock.now_ms()
    with_clock(now - 6 * YEAR_MS, 2)
    with_clock(now, 2)
    assert api.cut_old(now_ms=now) == 2
