"""Triggers that keep a release as it was published, whoever speaks SQL: it is never changed and never deleted."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = [
    """CREATE TRIGGER releases_release_stays BEFORE UPDATE ON releases_release
       BEGIN SELECT RAISE(ABORT, 'A release is never changed.'); END""",
    """CREATE TRIGGER releases_release_kept BEFORE DELETE ON releases_release
       BEGIN SELECT RAISE(ABORT, 'A release is never deleted.'); END""",
    # INSERT OR REPLACE takes a row away without asking the trigger above.
    """CREATE TRIGGER releases_release_once BEFORE INSERT ON releases_release
       WHEN EXISTS (
         SELECT 1 FROM releases_release AS old
         WHERE old.id = NEW.id OR old.corrects_id = NEW.corrects_id OR (
           old.dataset_id = NEW.dataset_id AND old.first = NEW.first AND old.last = NEW.last
           AND old.version = NEW.version
         )
       )
       BEGIN SELECT RAISE(ABORT, 'A release is never replaced.'); END""",
]
_POSTGRES = [
    """CREATE OR REPLACE FUNCTION releases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'A release is never changed or deleted.'; END $$""",
    """CREATE TRIGGER releases_release_stays BEFORE UPDATE OR DELETE ON releases_release
       FOR EACH ROW EXECUTE FUNCTION releases_refuse()""",
    """CREATE TRIGGER releases_release_whole BEFORE TRUNCATE ON releases_release
       FOR EACH STATEMENT EXECUTE FUNCTION releases_refuse()""",
]
_NAMES = {
    "sqlite": ["releases_release_stays", "releases_release_kept", "releases_release_once"],
    "postgresql": ["releases_release_stays", "releases_release_whole"],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take them away: to undo the migration, to restore a backup, and for tests that empty all tables."""
    with connection.cursor() as cursor:
        for name in _NAMES[connection.vendor]:
            on = " ON releases_release" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
