"""Load the demo. May run any number of times: what is there stays, what is missing is made."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from havn.accounts import demo as demo_passwords
from havn.accounts.actions import make_member
from havn.accounts.models import Membership, Role, User
from havn.centres.models import ApprovedText
from havn.centres.registry import safety_texts
from havn.centres.safety_texts import ENGLISH, fingerprint, words_of
from havn.common.clock import now
from havn.config.centre.facts import OrganisationFacts
from havn.config.centre.load import load_centre, load_organisation, load_service
from havn.config.demo.activities import load_activities
from havn.config.demo.calls import make_calls
from havn.config.demo.care import make_care
from havn.config.demo.connections import make_connections
from havn.config.demo.directory import load_demo_directory
from havn.config.demo.editorial import load_editorial
from havn.config.demo.events import load_events
from havn.config.demo.facts import CENTRES
from havn.config.demo.forms import load_forms
from havn.config.demo.handovers import make_handovers
from havn.config.demo.history import make_history
from havn.config.demo.letters import make_letters
from havn.config.demo.limits import make_limits
from havn.config.demo.lists import make_list_draft
from havn.config.demo.mails import make_mails
from havn.config.demo.notes import make_notes
from havn.config.demo.recommendations import load_recommendations
from havn.config.demo.releases import load_releases
from havn.config.demo.rounds import load_rounds
from havn.config.demo.signing import load_films
from havn.config.demo.surveys import load_surveys
from havn.config.demo.theme import load_theme
from havn.config.demo.trends import load_trends
from havn.config.demo.words import ANSWERS, LINKS
from havn.config.vocabularies import load_vocabularies
from havn.helpline.models import CannedAnswer, LinkForChildren
from havn.tenancy.models import Centre, Organisation, Service
from havn.vault.api import confirm_recovery_key, is_set_up, set_up_team

RECOVERY_FILE = "demo-recovery-keys.json"
APPROVED_BY = "Havn's makers, for the demonstration only"


def load_demo(data: Path | None = None) -> None:
    """Make both centres with their facts, invented people, keys and talks.

    Writes the people's passwords and the recovery keys into the data folder, readable by the owner only.
    """
    data = data or Path(settings.DATA)
    load_vocabularies()
    passwords = _passwords(data)
    # Written first: a person whose password nobody knows could never sign in.
    demo_passwords.write_passwords(passwords)
    for facts in CENTRES:
        centre = load_centre(facts, is_demo=True)
        _approve_texts(centre)
        for organisation_facts in facts.organisations:
            _organisation(centre, organisation_facts, passwords[facts.slug], data)
        load_editorial(centre)
        load_theme(centre)
        load_films(centre)
        load_events(centre)
        load_activities(centre)
        load_surveys(centre)
        load_releases(centre)
    load_demo_directory()
    load_forms()
    load_rounds()
    load_trends()
    load_recommendations()


def _passwords(data: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """Username and password by centre and key: the role for its first person, then "role-2", "role-3"."""
    try:
        known = json.loads((data / "demo-passwords.json").read_text())
    except (OSError, ValueError):
        known = {}
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for facts in CENTRES:
        centre = found.setdefault(facts.slug, {})
        for organisation in facts.organisations:
            counts: dict[str, int] = {}
            for role, username, _name, _shown in organisation.people:
                counts[role] = counts.get(role, 0) + 1
                key = role if counts[role] == 1 else f"{role}-{counts[role]}"
                old = known.get(facts.slug, {}).get(key)
                centre[key] = (username, old[1] if old else demo_passwords.new_password())
    return found


def _approve_texts(centre: Centre) -> None:
    for key, english in safety_texts().items():
        for language in centre.languages:
            text = words_of(key, language)
            if language != ENGLISH and text != english:
                ApprovedText.objects.update_or_create(
                    centre=centre,
                    key=key,
                    language=language,
                    defaults={"fingerprint": fingerprint(text), "approved_by": APPROVED_BY, "approved_at": now()},
                )


def _organisation(centre: Centre, facts: OrganisationFacts, passwords: dict[str, tuple[str, str]], data: Path) -> None:
    organisation = load_organisation(centre, facts)
    services = [load_service(organisation, service) for service in facts.services]
    people = _people(organisation, facts, passwords)
    if not any(role == Role.COORDINATOR for role, _user in people):
        return  # editors alone answer no child: no team, no keys
    make_list_draft(centre, next(user for role, user in people if role == Role.COORDINATOR))
    for service in services:
        _texts_at_hand(service, centre)
        _keys(service, people, data)
        make_history(service, [user for role, user in people if role == Role.COUNSELLOR])
        make_letters(
            service,
            [user for role, user in people if role == Role.COUNSELLOR],
            [user for role, user in people if role in (Role.SUPERVISOR, Role.COORDINATOR)],
        )
        make_connections(service)
        make_mails(service)
        make_calls(service, [user for role, user in people if role == Role.COUNSELLOR])
        make_handovers(service, [user for role, user in people if role == Role.COUNSELLOR])
        make_notes(service, [user for role, user in people if role == Role.COUNSELLOR])
        make_care(
            service,
            [user for role, user in people if role == Role.COUNSELLOR],
            [user for role, user in people if role in (Role.SUPERVISOR, Role.COORDINATOR)],
        )
        make_limits(service, [user for role, user in people if role == Role.COUNSELLOR])


def _people(
    organisation: Organisation, facts: OrganisationFacts, passwords: dict[str, tuple[str, str]]
) -> list[tuple[str, User]]:
    centre = organisation.centre
    by_username = dict(passwords.values())
    found = []
    for role, username, name, shown_name in facts.people:
        user = User.objects.filter(username=username).first()
        if user is None:
            user = make_member(
                organisation=organisation,
                username=username,
                name=name,
                shown_name=shown_name,
                password=by_username[username],
                roles=[role],
                speaks=list(centre.languages),
                language=centre.default_language,
            )
        elif not Membership.objects.filter(user=user, organisation=organisation).exists():
            raise RuntimeError(f"The username {username} belongs to somebody else.")
        found.append((role, user))
    return found


@transaction.atomic
def _texts_at_hand(service: Service, centre: Centre) -> None:
    if CannedAnswer.objects.filter(service=service).exists():
        return
    for language in centre.languages:
        for title, text, tags in ANSWERS[language]:
            CannedAnswer.objects.create(service=service, language=language, title=title, text=text, tags=tags)
    for language, title, url in LINKS[centre.slug]:
        LinkForChildren.objects.create(service=service, language=language, title=title, url=url)


def _keys(service: Service, people: list[tuple[str, User]], data: Path) -> None:
    if is_set_up(service.pk):
        return
    coordinator = next(user for role, user in people if role == Role.COORDINATOR)
    paper = set_up_team(service=service, by=coordinator, also=[user for _role, user in people])
    _keep_recovery_key(data, f"{service.organisation.centre.slug}/{service.slug}", paper.text)
    confirm_recovery_key(service=service, by=coordinator, typed=paper.check)


def _keep_recovery_key(data: Path, name: str, text: str) -> None:
    """Only a demo keeps a recovery key beside its data; anywhere else it is paper in a safe."""
    path = data / RECOVERY_FILE
    try:
        keys = json.loads(path.read_text())
    except (OSError, ValueError):
        keys = {}
    keys[name] = text
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file, indent=1)
    fresh.replace(path)
