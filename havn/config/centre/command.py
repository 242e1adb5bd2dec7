"""`havn centre`: describe a centre in a file and load it. Loading again brings it up to date."""

import argparse
from pathlib import Path

from django.db import transaction

from havn.config.centre.file import EXAMPLE, read_centre
from havn.config.centre.load import load_centre, load_organisation, load_service
from havn.config.vocabularies import load_vocabularies
from havn.trends.api import load_history


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("example", help="print a description to start from")
    load = verbs.add_parser("load", help="make the centre of a description, or bring it up to date")
    load.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    """All of the file, or nothing of it."""
    if options.verb == "example":
        print(EXAMPLE)
        return 0
    facts = read_centre(options.file)
    with transaction.atomic():
        load_vocabularies()
        centre = load_centre(facts)
        for organisation_facts in facts.organisations:
            organisation = load_organisation(centre, organisation_facts)
            for service in organisation_facts.services:
                load_service(organisation, service)
        load_history()
    print(f"{centre.name} is here, at {', '.join(facts.hosts)}.")
    names = ", ".join(one.slug for one in facts.organisations)
    print(f"Next: havn accounts invite-first {centre.slug} ORGANISATION, where the organisation is one of: {names}.")
    return 0
