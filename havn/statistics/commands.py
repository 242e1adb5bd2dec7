"""`havn statistics check` and `havn statistics rebuild`."""

import argparse
import datetime as dt

from havn.common.errors import Refused
from havn.statistics.actions import rebuild
from havn.statistics.checking import check, span_to_check
from havn.statistics.registry import sources
from havn.tenancy.models import Service

SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two verbs; each may begin at a day."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, words in (
        ("check", "compare every count with the rows it counts; exit code 1 when one differs"),
        ("rebuild", "count everything again; talks go on meanwhile"),
    ):
        sub = verbs.add_parser(verb, help=words, description=words)
        sub.add_argument("--since", metavar="DAY", help="from this day on, such as 2026-01-01")


def run(options: argparse.Namespace) -> int:
    """Do it, and say in sentences what was found."""
    since = _day(options.since)
    return _check(since) if options.verb == "check" else _rebuild(since)


def _check(since: dt.date | None) -> int:
    found = 0
    for difference in check(since=since):
        found += 1
        if found <= SHOWN:
            print(difference)
    if found > SHOWN:
        print(f"And {found - SHOWN} more.")
    print(
        f"{found} counts differ. Run: havn statistics rebuild" if found else "Every count is what its rows add up to."
    )
    return 1 if found else 0


def _rebuild(since: dt.date | None) -> int:
    for source in sources():
        for service in Service.objects.filter(kind=source.kind).order_by("pk"):
            span = span_to_check(source, service.pk)
            if span is None:
                continue
            first = max(since, span[0]) if since else span[0]
            wrong = rebuild(source, service_id=service.pk, first=first, last=span[1])
            print(f"{service.name}: {wrong} counts were brought right, from {first} to {span[1]}.")
    return 0


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refused("Write the day as 2026-01-31.") from error
