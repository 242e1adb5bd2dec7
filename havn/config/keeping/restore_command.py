"""`havn restore FILE`: bring a backup back; `havn restore --finish`: run what an interrupted restore left to do."""

import argparse
from pathlib import Path

from havn.common.errors import Refused
from havn.config.keeping import restore
from havn.config.keeping.backup_command import add_key_arguments, existing, key_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`havn restore FILE [--force] [--key-file FILE | --passphrase-file FILE]`."""
    parser.add_argument("file", type=Path, nargs="?", help="the backup")
    parser.add_argument("--force", action="store_true", help="replace a database that is in use")
    parser.add_argument("--finish", action="store_true", help="only destroy what is over after an interrupted restore")
    add_key_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Do it. Havn must be stopped."""
    if options.finish:
        print("Retention has run." if restore.finish_pending() else "There was nothing to finish.")
        return 0
    if options.file is None:
        raise Refused("Name the backup to bring back.")
    count = restore.restore(existing(options.file), key_of(options), force=options.force)
    print(f"{count} rows are back. What was over has been destroyed. Everybody signs in again.")
    return 0
