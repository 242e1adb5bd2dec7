"""A release stays as it was published, whoever speaks SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from havn.common.clock import now
from havn.releases import guards
from havn.releases.models import Release
from havn.tenancy.models import Centre
from tests.releases.factories import Q1, make_dataset, make_release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE releases_release SET note = 'x'",
        "UPDATE releases_release SET version = 9 WHERE version = 1",
        "DELETE FROM releases_release",
    ],
)
def test_the_database_refuses_to_change_or_delete_it(centre: Centre, sql: str) -> None:
    release = make_release(make_dataset(centre))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Release.objects.get() == release


def test_the_database_refuses_to_put_another_in_its_place(centre: Centre) -> None:
    guards.install(connection)
    release = make_release(make_dataset(centre))
    columns = ", ".join("9" if field.column == "id" else field.column for field in Release._meta.concrete_fields)
    statements = ["INSERT OR REPLACE INTO releases_release SELECT * FROM releases_release"]
    statements.append(f"INSERT OR REPLACE INTO releases_release SELECT {columns} FROM releases_release")
    if connection.vendor == "postgresql":
        statements = [
            "INSERT INTO releases_release SELECT * FROM releases_release ON CONFLICT (id) DO UPDATE SET note = 'x'"
        ]
    for sql in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Release.objects.get() == release


def test_emptying_the_table_is_refused(centre: Centre) -> None:
    make_release(make_dataset(centre))
    # SQLite has no TRUNCATE: there emptying is a DELETE without a condition.
    sql = "TRUNCATE releases_release" if connection.vendor == "postgresql" else "DELETE FROM releases_release"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Release.objects.count() == 1


def test_saving_or_deleting_one_is_refused_too(centre: Centre) -> None:
    release = make_release(make_dataset(centre))
    release.note = "Changed"
    with pytest.raises(DatabaseError), transaction.atomic():
        release.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        release.delete()


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_stands_once_and_a_correction_names_the_old_one(centre: Centre, version: int) -> None:
    """A second version 1 of a period, and a version 2 that corrects nothing."""
    dataset = make_dataset(centre)
    make_release(dataset)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            dataset=dataset, first=Q1[0], last=Q1[1], version=version, table={}, log=[], audit={}, published_at=now()
        )


def test_a_threshold_below_three_is_refused(centre: Centre) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_dataset(centre, threshold=2)
