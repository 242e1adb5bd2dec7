"""`havn manage …`: Django's own commands, with Havn's settings."""

import argparse
import sys

from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` is Django's."""
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    """Hand the words to Django. Raises SystemExit as Django does."""
    words = sys.argv[sys.argv.index("manage") + 1 :] if "manage" in sys.argv else options.words
    execute_from_command_line(["havn manage", *words])
    return 0
