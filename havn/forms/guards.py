"""Triggers that keep a frozen version as it is against anything that speaks SQL, not only against our own code.

Answers are read by their version. If it could change, nobody would know any more what had been asked. It may go as a
whole with its form and centre; where answers are, their key to it stops that.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_NAME, _REPLACED = "forms_version_stays", "forms_version_is_not_replaced"
_WHEN = """OLD.frozen_at IS NOT NULL AND (
    NEW.frozen_at IS NULL OR NEW.frozen_at <> OLD.frozen_at OR NEW.form_id <> OLD.form_id
    OR NEW.number <> OLD.number OR NEW.definition <> OLD.definition)"""
_SQLITE = [
    f"""CREATE TRIGGER {_NAME} BEFORE UPDATE ON forms_formversion WHEN {_WHEN}
        BEGIN SELECT RAISE(ABORT, 'A version of a form in use is never changed.'); END""",
    # INSERT OR REPLACE puts a row in the place of another without an update of it.
    f"""CREATE TRIGGER {_REPLACED} BEFORE INSERT ON forms_formversion WHEN EXISTS (
            SELECT 1 FROM forms_formversion WHERE frozen_at IS NOT NULL
            AND (id = NEW.id OR (form_id = NEW.form_id AND number = NEW.number)))
        BEGIN SELECT RAISE(ABORT, 'A version of a form in use is never changed.'); END""",
]
_POSTGRES = [
    """CREATE OR REPLACE FUNCTION forms_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'A version of a form in use is never changed.' USING ERRCODE = '23514'; END $$""",
    f"""CREATE TRIGGER {_NAME} BEFORE UPDATE ON forms_formversion
        FOR EACH ROW WHEN ({_WHEN}) EXECUTE FUNCTION forms_refuse()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the trigger in place."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take it away: to undo the migration."""
    with connection.cursor() as cursor:
        place = " ON forms_formversion" if connection.vendor == "postgresql" else ""
        for name in (_NAME, _REPLACED):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")
