"""Triggers that keep a frozen version as it is against anything that speaks SQL, not only against our own code.

Answers are read by their version. If it could change or go, nobody would know any more what had been asked. It goes
only after its form, as a whole (actions/deleting.py), which is refused while anything refers to one of the versions.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_NAME, _REPLACED = "forms_version_stays", "forms_version_is_not_replaced"
_KEPT, _WHOLE = "forms_version_is_kept", "forms_versions_are_kept"
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
    f"""CREATE TRIGGER {_KEPT} BEFORE DELETE ON forms_formversion
        WHEN OLD.frozen_at IS NOT NULL AND EXISTS (SELECT 1 FROM forms_form WHERE id = OLD.form_id)
        BEGIN SELECT RAISE(ABORT, 'A version of a form in use goes only with its form.'); END""",
]
_POSTGRES = [
    """CREATE OR REPLACE FUNCTION forms_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'A version of a form in use is never changed.' USING ERRCODE = '23514'; END $$""",
    f"""CREATE TRIGGER {_NAME} BEFORE UPDATE ON forms_formversion
        FOR EACH ROW WHEN ({_WHEN}) EXECUTE FUNCTION forms_refuse()""",
    """CREATE OR REPLACE FUNCTION forms_refuse_alone() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF EXISTS (SELECT 1 FROM forms_form WHERE id = OLD.form_id) THEN
           RAISE EXCEPTION 'A version of a form in use goes only with its form.' USING ERRCODE = '23514';
         END IF;
         RETURN OLD;
       END $$""",
    f"""CREATE TRIGGER {_KEPT} BEFORE DELETE ON forms_formversion
        FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION forms_refuse_alone()""",
    f"""CREATE TRIGGER {_WHOLE} BEFORE TRUNCATE ON forms_formversion
        FOR EACH STATEMENT EXECUTE FUNCTION forms_refuse()""",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take them away: to undo the migration, to restore a backup, and for tests that empty all tables."""
    with connection.cursor() as cursor:
        place = " ON forms_formversion" if connection.vendor == "postgresql" else ""
        for name in (_NAME, _REPLACED, _KEPT, _WHOLE):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")
