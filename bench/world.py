"""An installation to measure: a fresh data folder with one helpline, counsellors at their desks and open talks.

Run as a process of its own with HAVN_DATA set:
`python -m bench.world <talks> <waiting> <file> [old talks] [messages in each]`. Everything goes through the same
actions that the product uses; only HTTP is left out. Writes the cookies to <file> as JSON.
"""

import json
import os
import sys
import time
from typing import Any

TALKS_EACH = 3
PASSWORD = "harbour-light-at-evening"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    talks, waiting, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    old, messages = (int(word) for word in (*sys.argv[4:6], "0", "0")[:2])
    world = build(talks, waiting, old, messages)
    with open(path, "w") as file:
        json.dump(world, file)


def build(talks: int, waiting: int, old: int = 0, messages: int = 0) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection, transaction

    from havn.centres.models import ChannelSettings, ContactPoint
    from havn.live import api as live
    from havn.tenancy.models import Centre, CentreHost, Organisation, Service

    # The world is made in one go: its own durability is not what is measured.
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    settings.ARGON2 = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}
    centre = Centre.objects.create(
        slug="bench", country_code="NO", name="Bench", time_zone="Europe/Oslo", languages=["en"]
    )
    for host in ("localhost", "127.0.0.1"):
        CentreHost.objects.create(host=host, centre=centre)
    organisation = Organisation.objects.create(centre=centre, slug="bench", name="Bench")
    service = Service.objects.create(
        organisation=organisation, slug="chat", kind="helpline", name="Bench", languages=["en"]
    )
    ContactPoint.objects.create(service=service, channel="chat", url="")
    ChannelSettings.objects.create(service=service, channel="chat", always_open=True)
    people = _people(organisation, service, -(-talks // TALKS_EACH) or 1)
    with transaction.atomic():
        found = [_talk(centre, service, people[number // TALKS_EACH][0]) for number in range(talks)]
    cookies: list[dict[str, Any]] = [{"cookies": cookies, "talks": []} for _, cookies in people]
    for number, one in enumerate(found):
        one["staff"] = number // TALKS_EACH
        cookies[number // TALKS_EACH]["talks"].append(number)
    queue = []
    for start in range(0, waiting, 1000):
        with transaction.atomic():
            queue += [_waiting(centre, service) for _ in range(min(1000, waiting - start))]
    with transaction.atomic():
        for _ in range(old):
            _over(centre, service, messages)
    live.bump(f"queue:{service.pk}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {
        "service": service.pk,
        "talks": found,
        "staff": cookies,
        "waiting": queue,
        "visitor_cookie": settings.VISITOR_COOKIE_NAME,
    }


def _people(organisation: Any, service: Any, count: int) -> list[tuple[Any, dict[str, str]]]:
    from django.conf import settings

    from havn.accounts import actions
    from havn.accounts.actions.signing_in import complete_session
    from havn.accounts.models import Role, StaffSession
    from havn.accounts.sessions import hash_of
    from havn.common import clock
    from havn.helpline.actions.duty import go_on_duty
    from havn.vault import api as vault

    people = [
        actions.make_member(
            organisation=organisation,
            username=f"bench{number}",
            password=PASSWORD,
            name=f"Bench {number}",
            shown_name=f"Bench {number}",
            speaks=["en"],
            roles=(Role.COUNSELLOR, Role.SUPERVISOR),
        )
        for number in range(count)
    ]
    paper = vault.set_up_team(service=service, by=people[0], also=people)
    vault.confirm_recovery_key(service=service, by=people[0], typed=paper.check)
    found = []
    for user in people:
        go_on_duty(actor=user, service=service, role="counsellor", seats=3, languages=["en"], now_ms=clock.now_ms())
        begun = actions.begin_session(user=user, password=PASSWORD)
        session = StaffSession.objects.get(id_hash=hash_of(begun.session_id))
        complete_session(row=session, centre_id=organisation.centre_id, by="app")
        cookies = {settings.SESSION_COOKIE_NAME: begun.session_id, settings.VAULT_COOKIE_NAME: begun.vault_cookie or ""}
        found.append((user, cookies))
    return found


def _talk(centre: Any, service: Any, user: Any) -> dict[str, Any]:
    from havn.helpline.models import Turn
    from havn.live import api as live

    now_ms = time.time_ns() // 1_000_000
    started = live.start_conversation(
        centre_id=centre.pk, service_id=service.pk, kind="helpline.chat", now_ms=now_ms, state="open"
    )
    live.join(
        conversation_id=started.conversation_id,
        user_id=user.pk,
        role="counsellor",
        shown_name=user.shown_name,
        now_ms=now_ms,
    )
    Turn.objects.create(
        conversation_id=started.conversation_id,
        service=service,
        language="en",
        waiting_since_ms=now_ms,
        state=Turn.State.TALKING,
        counsellor=user,
        taken_at_ms=now_ms,
    )
    return {"conversation": started.conversation_id, "token": started.token}


def _waiting(centre: Any, service: Any) -> dict[str, Any]:
    from havn.helpline.models import Turn
    from havn.live import api as live

    now_ms = time.time_ns() // 1_000_000
    started = live.start_conversation(centre_id=centre.pk, service_id=service.pk, kind="helpline.chat", now_ms=now_ms)
    Turn.objects.create(
        conversation_id=started.conversation_id, service=service, language="en", waiting_since_ms=now_ms
    )
    return {"conversation": started.conversation_id, "token": started.token}


def _over(centre: Any, service: Any, messages: int) -> None:
    """A talk that ended so long ago that it must go."""
    from havn.helpline.models import Turn
    from havn.live import api as live
    from havn.live.models import Conversation

    then = time.time_ns() // 1_000_000 - 60 * 86_400_000
    started = live.start_conversation(
        centre_id=centre.pk, service_id=service.pk, kind="helpline.chat", now_ms=then, state="open"
    )
    for number in range(messages):
        live.append(
            conversation_id=started.conversation_id,
            key=started.key,
            author="visitor",
            kind="text",
            text=f"Number {number} of a talk that is over.",
            participant_id=started.participant_id,
            now_ms=then,
        )
    Turn.objects.create(
        conversation_id=started.conversation_id,
        service=service,
        language="en",
        waiting_since_ms=then,
        state=Turn.State.ENDED,
        taken_at_ms=then,
        ended_at_ms=then,
        ended_by="counsellor",
    )
    Conversation.objects.filter(pk=started.conversation_id).update(state="ended", ended_at_ms=then, last_at_ms=then)


if __name__ == "__main__":
    main()
