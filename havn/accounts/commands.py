"""`havn accounts invite-first`: the link with which the first people of a centre get in."""

import argparse
import os

from django.conf import settings

from havn.accounts import actions
from havn.accounts.models import Role
from havn.accounts.views.members import link_of
from havn.common.errors import Refused
from havn.tenancy.models import CentreHost, Organisation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb and whom it is for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    first = verbs.add_parser("invite-first", help="make the invitation of a coordinator or administrator")
    first.add_argument("centre", help="the centre's short name, such as norway")
    first.add_argument("organisation", help="the organisation's short name")
    first.add_argument(
        "--role",
        action="append",
        choices=[Role.COORDINATOR, Role.ADMINISTRATOR],
        help="once or twice (default: coordinator and administrator)",
    )
    first.add_argument("--host", help="the address to put into the link (default: the centre's first)")


def run(options: argparse.Namespace) -> int:
    """Print the link once. Refused for an unknown organisation."""
    organisation = Organisation.objects.filter(centre__slug=options.centre, slug=options.organisation).first()
    if organisation is None:
        known = Organisation.objects.filter(centre__slug=options.centre).values_list("slug", flat=True)
        raise Refused(f"There is no such organisation in {options.centre}. There are: {', '.join(known) or 'none'}.")
    roles = options.role or [Role.COORDINATOR, Role.ADMINISTRATOR]
    host = options.host or _host_of(organisation.centre_id)
    if not host:
        raise Refused("The centre has no address yet. Name one with --host.")
    token = actions.invite(actor=None, organisation=organisation, roles=roles)
    print("Open this link within 72 hours. It works once and is not shown again:")
    print(link_of(token, host))
    return 0


def _host_of(centre_id: int) -> str:
    """The centre's first address; on this machine alone, with the port that `havn serve` uses."""
    own = CentreHost.objects.filter(centre=centre_id).order_by("pk").first()
    if settings.FRONT != "loopback":
        return own.host if own else ""
    return f"{own.host if own else 'localhost'}:{os.environ.get('PORT') or 8000}"
