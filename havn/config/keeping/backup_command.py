"""`havn backup`: make one now, make the key, list them, or check one."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from havn.common.errors import Refused
from havn.config.keeping import backup
from havn.config.keeping.archive import BackupKey, Openers, read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`havn backup [now | new-key | list | check FILE]`."""
    verbs = parser.add_subparsers(dest="verb")
    verbs.add_parser("now", help="make a backup now, while talks run (the same as no word at all)")
    new_key = verbs.add_parser("new-key", help="make the backup key and show it once")
    new_key.add_argument("--replace", action="store_true", help="replace the key; older backups keep needing theirs")
    verbs.add_parser("list", help="list the backups that are kept")
    check = verbs.add_parser("check", help="read a backup to its end and say whether it is whole")
    check.add_argument("file", type=Path)
    add_key_arguments(check)


def add_key_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the key comes from. Never an argument itself: other users of the machine can read those."""
    parser.add_argument("--key-file", type=Path, help="a file that holds the backup key (default: it is asked for)")
    parser.add_argument("--passphrase-file", type=Path, help="a file that holds the passphrase, instead of the key")


def run(options: argparse.Namespace) -> int:
    """Do it, and say what was done."""
    if options.verb == "new-key":
        return _new_key(replace=options.replace)
    if options.verb == "list":
        for path in backup.kept():
            print(f"{backup.made_at(path):%Y-%m-%d %H:%M} UTC  {path.stat().st_size / 1e6:10.1f} MB  {path}")
        return 0
    if options.verb == "check":
        tables, count = backup.check(read(existing(options.file), key_of(options)))
        print(f"The backup is whole: {count} rows in {tables} tables.")
        return 0
    # First, so that no failure to write a new one keeps what was promised to be gone.
    backup.destroy_old()
    made = backup.make()
    print(f"{made.path}: {made.rows} rows in {made.tables} tables, encrypted and read back.")
    return 0


def key_of(options: argparse.Namespace) -> Openers:
    """What opens the backup: a file's key or passphrase, or what is typed. Raises Refused when it cannot be a key."""
    if options.passphrase_file:
        return Openers(passphrase=backup.passphrase_in(options.passphrase_file))
    if options.key_file:
        try:
            text = options.key_file.read_text()
        except (OSError, UnicodeDecodeError):
            raise Refused(f"Havn cannot read {options.key_file}.") from None
    elif sys.stdin.isatty():
        text = getpass.getpass("Backup key (eight groups of four): ")
    else:
        text = sys.stdin.readline()
    key = BackupKey.parse(text)
    if key is None:
        raise Refused("This is not a backup key: it has eight groups of four letters and digits.")
    return Openers(key=key)


def existing(path: Path) -> Path:
    """The file, or Refused."""
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    return path


def _new_key(*, replace: bool) -> int:
    path = backup.public_key_path()
    if path.exists() and not replace:
        raise Refused("There is a backup key already. To make another one, add --replace.")
    key = BackupKey.make()
    fresh = path.with_name(".backup.public.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key.pair.public.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    print("The backup key. It is shown once and stored nowhere on this server:\n")
    print(f"    {key.text}\n")
    print("Write it down and keep it away from this server. Without it no backup can ever be opened.")
    print("The server's own keys (the folder `keys` in HAVN_DATA) are in no backup: keep a copy of them apart.")
    return 0
