"""Invented staff for every test: a person with roles, and a browser in which they are signed in."""

import itertools
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from havn.accounts import actions
from havn.accounts.actions.signing_in import Begun, complete_session
from havn.accounts.models import Role, StaffSession, User
from havn.accounts.sessions import hash_of
from havn.tenancy.models import Centre, CentreHost, Organisation, Service

PASSWORD = "harbour-light-at-evening"

_numbers = itertools.count(1)


def make_centre(slug: str = "", host: str = "", **fields: object) -> Centre:
    """A centre with one organisation, which runs one helpline for children. `host`: its public name."""
    slug = slug or f"centre-{next(_numbers)}"
    known: dict[str, object] = {"country_code": "NO", "name": f"Centre {slug}", "time_zone": "Europe/Oslo"}
    centre = Centre.objects.create(slug=slug, **{**known, "languages": ["en", "nb", "da"], **fields})
    if host:
        CentreHost.objects.create(host=host, centre=centre)
    make_organisation(centre, "red-cross")
    return centre


def make_organisation(centre: Centre, slug: str = "") -> Organisation:
    """An organisation of the centre, with one helpline."""
    slug = slug or f"organisation-{next(_numbers)}"
    organisation = Organisation.objects.create(centre=centre, slug=slug, name=f"Organisation {slug}")
    Service.objects.create(
        organisation=organisation, slug="helpline", kind="helpline", name=f"Helpline of {slug}", languages=["en"]
    )
    return organisation


def make_staff(
    at: Centre | Organisation, *roles: str, password: str = PASSWORD, username: str = "", **fields: object
) -> User:
    """A person with these roles (none: counsellor) in the organisation, or in the centre's first one."""
    organisation = at if isinstance(at, Organisation) else at.organisations.order_by("pk")[0]
    number = next(_numbers)
    known: dict[str, object] = {"name": f"Staff {number}", "shown_name": f"Shown {number}", "speaks": ["en"]}
    return actions.make_member(
        organisation=organisation,
        username=username or f"staff{number}",
        password=password,
        roles=roles or (Role.COUNSELLOR,),
        **{**known, **fields},  # type: ignore[arg-type]
    )


@dataclass
class Browser:
    """A signed-in browser: its client, its session's row and the two cookie values."""

    client: Client
    session: StaffSession
    begun: Begun


def sign_in(user: User, *, password: str = PASSWORD, host: str = "testserver") -> Browser:
    """Sign the person in past the second step, with the vault open, and give the browser."""
    organisation = Organisation.objects.filter(memberships__user=user).first()
    begun = actions.begin_session(user=user, password=password)
    session = StaffSession.objects.get(id_hash=hash_of(begun.session_id))
    complete_session(row=session, centre_id=organisation.centre_id if organisation else 0, by="app")
    client = Client(headers={"host": host})
    client.cookies[settings.SESSION_COOKIE_NAME] = begun.session_id
    if begun.vault_cookie:
        client.cookies[settings.VAULT_COOKIE_NAME] = begun.vault_cookie
    return Browser(client, session, begun)


def signed_in_client(user: User, *, password: str = PASSWORD, host: str = "testserver") -> Client:
    """A client with the cookies of a session that passed the second step. `host` picks the centre."""
    return sign_in(user, password=password, host=host).client
