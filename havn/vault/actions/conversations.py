"""The keys of conversations: destroying one destroys the talk."""

from collections.abc import Iterable

from django.db import connection, transaction

from havn.vault import memory
from havn.vault.models import ConversationKeyWrap

# SQLite takes a limited number of parameters in a statement.
BATCH = 500
# New talks wait while the table is rewritten; it is small, and rather than keep them waiting we try again.
LOCK_MS = 1500


def destroy_conversation_keys(conversation_ids: Iterable[int]) -> int:
    """Delete these conversations' team wraps, in the caller's transaction. Returns how many there were.

    Their text opens no more for staff, whatever copies of the messages remain; the visitor's own wraps are `live`'s.
    """
    ids = list(conversation_ids)
    count = 0
    for start in range(0, len(ids), BATCH):
        deleted, _per_model = ConversationKeyWrap.objects.filter(pk__in=ids[start : start + BATCH]).delete()
        count += deleted
    transaction.on_commit(lambda: memory.forget_conversations(ids))
    return count


def rewrite_key_wraps() -> bool:
    """Write the key-wrap table anew, so that deleted keys are in its file no more. Outside any transaction.

    PostgreSQL only marks deleted rows: VACUUM FULL copies what is left to a new file, waiting at most 1.5 s for its
    lock (False then: try again later). SQLite overwrites deleted rows at once (secure_delete), so nothing is to do.
    """
    if connection.vendor != "postgresql":
        return True
    from django.db.utils import OperationalError

    table = connection.ops.quote_name(ConversationKeyWrap._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_MS}")
        try:
            cursor.execute(f"VACUUM (FULL) {table}")
        except OperationalError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True
