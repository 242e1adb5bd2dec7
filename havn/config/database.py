"""Whether the database fits this release, and bringing it there."""

import sqlite3

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from havn.common.errors import Refused


def is_behind() -> bool:
    """Whether migrations are waiting. Raises Refused when the database cannot be reached."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, sqlite3.Error) as error:
        raise Refused("Havn cannot open its database. Is it running, and may this user write to it?") from error


def refuse_if_behind() -> None:
    """Raises Refused unless the database is that of this release."""
    if is_behind():
        raise Refused("The database is of an older release. Run `havn migrate` first, after a backup.")


def bring_up_to_date() -> bool:
    """Run the waiting migrations, then take over this release's lists of terms. True when there were any."""
    if not is_behind():
        return False
    if connection.vendor == "sqlite":
        settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    # Imported late: commands that only look at the database need no models.
    from havn.config.vocabularies import load_vocabularies
    from havn.statistics.api import count_what_was_never_counted
    from havn.trends.api import load_history

    load_vocabularies()
    count_what_was_never_counted()
    load_history()
    return True
