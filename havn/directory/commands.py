"""`havn directory`: load the facts, and check what stands there."""

import argparse
from pathlib import Path

from havn.common.clock import now
from havn.common.errors import Refused
from havn.directory.loading import FILE, load_directory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`load [file]` and `check`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    load = verbs.add_parser("load", help="load the facts of the network's centres; what is there stays as it is")
    load.add_argument("file", nargs="?", type=Path, default=FILE, help="another file of the same shape")
    verbs.add_parser("check", help="say which entries have a number, hours or facts that need a look")


def run(options: argparse.Namespace) -> int:
    """One verb. `check` ends with 1 when something is wrong, not when something is only unknown."""
    return _load(options.file) if options.verb == "load" else _check()


def _load(file: Path) -> int:
    try:
        loaded = load_directory(file)
    except (OSError, ValueError, KeyError) as error:
        raise Refused(f"The file cannot be read: {error}") from error
    print(
        f"Made {loaded.centres} centres, {loaded.services} services and {loaded.points} contact points,"
        f" with {loaded.doubts} doubts."
    )
    return 0


def _check() -> int:
    from havn.directory.queries import whole_directory
    from havn.directory.words import finding_words

    wrong = 0
    for country in whole_directory(now()).countries:
        for entry in country.entries:
            for finding in entry.findings:
                wrong += finding.wrong
                mark = "NO  " if finding.wrong else "look"
                print(f"{mark} {country.code} {entry.name or '(no name)'}: {finding_words(finding)}")
    return 1 if wrong else 0
