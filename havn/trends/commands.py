"""`havn trends load`, `havn trends rebuild` and `havn trends watch`."""

import argparse

from havn.common.clock import now
from havn.trends.actions.loading import load_history
from havn.trends.actions.taking import rebuild
from havn.trends.actions.watching import watch_all

VERBS = (
    ("load", "load the network's published history, or bring it up to date"),
    ("rebuild", "take the facts of all accepted quarters anew"),
    ("watch", "look now for reasons that rise beyond chance"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three verbs without options."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, words in VERBS:
        verbs.add_parser(verb, help=words, description=words)


def run(options: argparse.Namespace) -> int:
    """Do it, and say in a sentence what came of it."""
    if options.verb == "load":
        figures = load_history()
        print(f"{figures} published figures are here." if figures else "There is no centre of the network here.")
    elif options.verb == "rebuild":
        taken, gone = rebuild()
        print(f"{taken} accepted quarters were taken in, {gone} were taken away.")
    else:
        print(f"{watch_all(at=now())} signals in the last whole week.")
    return 0
