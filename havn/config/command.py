"""The `havn` command: one table of words, each opening one module only when it is called.

To add a command, write a module in your app (by custom `havn/<app>/commands.py`) with

    def add_arguments(parser: argparse.ArgumentParser) -> None: ...
    def run(options: argparse.Namespace) -> int: ...

and add a row to `TABLE`. `add_arguments` may add sub-commands of its own
(`parser.add_subparsers(dest="verb", required=True)`): `havn audit verify` is the verb `verify` of the row `audit`.
A row with `django=True` is imported after `django.setup()`, so the module may import models at its top.
`run` returns the exit code. `Refused("sentence")` raised anywhere becomes that one sentence on stderr and exit
code 1; anything a person should read goes to stdout by `print`. Passwords and keys are asked for (`getpass`) or
read from stdin, never taken as arguments: other users of the machine can read those.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must hear one sentence, not a traceback
    sys.exit("Havn needs Python 3.11 or newer.")

import argparse
import importlib
import os
from dataclasses import dataclass
from typing import Any

from havn import __version__
from havn.common.errors import Refused


@dataclass(frozen=True)
class Row:
    """A word, the module behind it, its line in `havn --help`, and whether it needs Django set up first."""

    module: str
    help: str
    django: bool = True


TABLE: dict[str, Row] = {
    "serve": Row("havn.config.serve.command", "start Havn and keep it running", django=False),
    "demo": Row("havn.config.demo.command", "try Havn: make a demo with invented people, and start it", django=False),
    "migrate": Row("havn.config.migrate_command", "make or bring up to date the database"),
    "check": Row("havn.config.check_command", "say whether this installation is sound"),
    "manage": Row("havn.config.manage_command", "Django's own commands, such as `havn manage shell`"),
    "centre": Row("havn.config.centre.command", "describe a centre in a file and load it"),
    "accounts": Row("havn.accounts.commands", "invite the first people of a centre"),
    "audit": Row("havn.audit.commands", "verify the audit trail, sign its heads, cut what is over five years old"),
    "vault": Row("havn.vault.commands", "set up and look after the keys of a service"),
    "statistics": Row("havn.statistics.commands", "compare the counts with what they count, or count again"),
    "phone": Row("havn.phone.commands", "tell Havn of the calls of an Asterisk", django=False),
    "trends": Row("havn.trends.commands", "load the network's published history, rebuild its facts, look for signals"),
    "directory": Row("havn.directory.commands", "load the facts of the network's centres, and check them"),
    "backup": Row("havn.config.keeping.backup_command", "write an encrypted, consistent backup while talks run"),
    "restore": Row("havn.config.keeping.restore_command", "bring a backup back, retention first"),
}


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns its exit code; a refusal is one sentence and 1."""
    words = sys.argv[1:] if argv is None else argv
    _open_what_is_closed()
    # Whatever is written from here on, database, keys, backups, is for this user alone.
    os.umask(0o077)
    try:
        return _dispatch(words)
    except Refused as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _open_what_is_closed() -> None:
    """Give a process started without input, output or errors empty ones: else a socket might get their numbers."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115 - open as long as the process


def _dispatch(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="havn",
        description="The open platform a Safer Internet Centre runs on.",
        epilog="HAVN_DATA names the folder that holds everything kept (default: .data here).",
    )
    parser.add_argument("--version", action="version", version=f"Havn {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    chosen = words[0] if words else ""
    for word, row in TABLE.items():
        # Only the chosen word's module is imported: the supervisor must stay small.
        sub = commands.add_parser(word, help=row.help, description=row.help, add_help=word != "manage")
        if word == chosen:
            module = _open(row)
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    options = parser.parse_args(words)
    return int(options.run(options) or 0)


def _open(row: Row) -> Any:
    if row.django:
        _set_up_django()
    return importlib.import_module(row.module)


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    try:
        django.setup()
    except OSError as error:
        raise Refused(f"Havn cannot write to its data folder {error.filename or ''}: {error.strerror}.") from error


if __name__ == "__main__":
    sys.exit(main())
