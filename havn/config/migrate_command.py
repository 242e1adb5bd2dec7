"""`havn migrate`."""

import argparse

from havn.config.database import bring_up_to_date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: there is one way."""


def run(options: argparse.Namespace) -> int:
    """Bring the database up to this release."""
    print("The database is now of this release." if bring_up_to_date() else "The database was up to date.")
    return 0
