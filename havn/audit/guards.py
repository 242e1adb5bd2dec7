"""Triggers that keep the trail append-only against anything that speaks SQL, not only against our own code.

Deleting is possible below a signed checkpoint and nowhere else. Whoever may change the schema can take the triggers
away; that is what the hash chain and the signed heads elsewhere are for.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = [
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
       BEGIN SELECT RAISE(ABORT, 'An audit entry is never changed.'); END""",
    """CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
       WHEN NOT EXISTS (SELECT 1 FROM audit_checkpoint WHERE centre_id = OLD.centre_id AND seq >= OLD.seq)
       BEGIN SELECT RAISE(ABORT, 'An audit entry is deleted only below a checkpoint.'); END""",
    """CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE ON audit_checkpoint
       BEGIN SELECT RAISE(ABORT, 'A checkpoint is never changed.'); END""",
    """CREATE TRIGGER audit_checkpoint_kept BEFORE DELETE ON audit_checkpoint
       BEGIN SELECT RAISE(ABORT, 'A checkpoint is never deleted.'); END""",
]

_POSTGRES = [
    """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'The audit trail is append-only.'; END $$""",
    """CREATE OR REPLACE FUNCTION audit_refuse_above_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT 1 FROM audit_checkpoint c WHERE c.centre_id = OLD.centre_id AND c.seq >= OLD.seq) THEN
           RAISE EXCEPTION 'An audit entry is deleted only below a checkpoint.';
         END IF;
         RETURN OLD;
       END $$""",
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_refuse_above_checkpoint()""",
    """CREATE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE OR DELETE ON audit_checkpoint
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_checkpoint_whole BEFORE TRUNCATE ON audit_checkpoint
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
]

_NAMES = {
    "sqlite": ["audit_entry_stays", "audit_entry_kept", "audit_checkpoint_stays", "audit_checkpoint_kept"],
    "postgresql": [
        "audit_entry_stays",
        "audit_entry_kept",
        "audit_entry_whole",
        "audit_checkpoint_stays",
        "audit_checkpoint_whole",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    remove(connection)
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take them away: to undo the migration, and for tests that empty all tables between each other."""
    with connection.cursor() as cursor:
        for name in _NAMES[connection.vendor]:
            if connection.vendor == "postgresql":
                table = "audit_entry" if "entry" in name else "audit_checkpoint"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
