"""Tests with real commits leave rows behind: taking them out again, quickly."""

from django.db import connection, transaction

from havn.audit import guards
from havn.forms import guards as form_guards
from havn.releases import guards as release_guards

# What migrations wrote of the models themselves. It is the same after every test.
_STAYS = {"django_migrations", "django_content_type", "auth_permission"}


def empty_tables() -> None:
    """Delete every row that a test committed. Django's own flush looks after 200 tables each time, full or not.

    Constraints are looked at when all is done, so the order of the tables is of no matter.
    """
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - _STAYS
    guards.remove(connection)
    release_guards.remove(connection)
    form_guards.remove(connection)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            ask = " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in sorted(names)
            )
            cursor.execute(ask)
            for (name,) in cursor.fetchall():
                cursor.execute(f'DELETE FROM "{name}"')
    finally:
        guards.install(connection)
        release_guards.install(connection)
        form_guards.install(connection)
