"""`havn vault`: what the key screens do, for whoever sits at the server and for scripts of a first installation.

Each verb but `status` asks for the password of the member named by --by: shell access alone opens and changes nothing.
Passwords and recovery keys are typed at a prompt, or come line by line on stdin; they are never arguments.
"""

import argparse
import getpass
import sys

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.tenancy.models import Service
from havn.vault import actions, queries
from havn.vault.keyring import Keyring
from havn.vault.password_keys import open_staff_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("status", help="say which services have a key and how many members hold it")
    for verb, told in {
        "set-up": "make a service's first key and show its recovery key once",
        "new-paper": "make a new recovery key and show it once",
        "let-in": "let a member in",
        "remove": "take a member out and change the key",
        "rotate": "change the key",
        "recover": "let yourself in with the recovery key",
    }.items():
        sub = verbs.add_parser(verb, help=told, description=told)
        sub.add_argument("service", metavar="SERVICE", help="centre/organisation/service, as `status` shows it")
        if verb in {"let-in", "remove"}:
            sub.add_argument("member", metavar="MEMBER", help="their sign-in name")
        if verb == "remove":
            sub.add_argument("--even-last", action="store_true", help="although nobody else holds the key")
        sub.add_argument("--by", required=True, metavar="MEMBER", help="your own sign-in name")


def run(options: argparse.Namespace) -> int:
    """Do one verb. Refused carries the sentence for anything that cannot be done."""
    if options.verb == "status":
        return _status()
    service = _service(options.service)
    by, keyring = _sign_in(options.by)
    if options.verb == "set-up":
        _show(actions.set_up_team(service=service, by=by))
        _confirm(service, by, keyring)
    elif options.verb == "new-paper":
        _show(actions.renew_recovery_key(service=service, by=by))
        _confirm(service, by, keyring)
    elif options.verb == "let-in":
        actions.let_in(service=service, member=_member(options.member), by=by, keyring=keyring)
    elif options.verb == "remove":
        member = _member(options.member)
        actions.remove_member(service=service, member=member, by=by, even_last=options.even_last)
        actions.reseal_conversations(service=service, by=by, keyring=keyring)
    elif options.verb == "rotate":
        actions.rotate_team_key(service=service, by=by)
        actions.reseal_conversations(service=service, by=by, keyring=keyring)
    else:
        actions.open_with_recovery_key(service=service, by=by, typed=_ask("Recovery key: "))
    print("Done.")
    return 0


def _status() -> int:
    for service in Service.objects.select_related("organisation__centre").order_by(
        "organisation__centre__slug", "organisation__slug", "slug"
    ):
        team = queries.team_of(service)
        if team.is_set_up:
            told = f"key {team.generation}, {len(team.inside)} can read, {len(team.waiting)} waiting to be let in"
            if team.talks_under_old_keys:
                told += f", {team.talks_under_old_keys} talks under an older key"
        else:
            told = "recovery key not confirmed" if team.pending else "no key: it can take no talks"
        print(f"{_name(service)}: {told}")
    return 0


def _show(paper: actions.Paper) -> None:
    print("The recovery key, shown this once. Write it on paper and keep it in a safe, never on a computer:\n")
    print("   ", "  ".join(paper.groups[:4]))
    print("   ", "  ".join(paper.groups[4:]), "\n")


def _confirm(service: Service, by: User, keyring: Keyring) -> None:
    for _attempt in range(3):
        typed = _ask("Type the last two groups from your paper: ")
        try:
            actions.confirm_recovery_key(service=service, by=by, typed=typed, keyring=keyring)
        except actions.WrongPart as wrong:
            print(wrong.sentence, file=sys.stderr)
        else:
            return
    raise Refused("The recovery key is not confirmed. Run the command again for another one.")


def _service(name: str) -> Service:
    services = Service.objects.select_related("organisation__centre")
    found = [service for service in services if _name(service) == name]
    if not found:
        raise Refused(f"There is no service {name}. `havn vault status` lists them.")
    return found[0]


def _name(service: Service) -> str:
    return f"{service.organisation.centre.slug}/{service.organisation.slug}/{service.slug}"


def _member(username: str) -> User:
    member = User.objects.filter(username=username.lower(), is_active=True).first()
    if member is None:
        raise Refused(f"There is no member {username}.")
    return member


def _sign_in(username: str) -> tuple[User, Keyring]:
    member = User.objects.filter(username=username.lower(), is_active=True).first()
    password = _ask(f"Password of {username}: ")
    private = open_staff_key(member, password) if member else None
    if member is None or private is None:
        raise Refused("This name and password do not open a key.")
    return member, Keyring(member.pk, private)


def _ask(prompt: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")
