"""What the helpline hangs into the engines below, called once per process from `apps.py`."""

from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts import hooks
from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.api import register_page, register_staffing
from havn.centres.registry import register_safety_text
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.helpline import (
    coding_lists,
    endpoints,
    language_needs,
    letters,
    parts,
    release_tables,
    rounds_sources,
    sweeps,
)
from havn.helpline.actions import leases, reading
from havn.helpline.easy import FIELD
from havn.helpline.imports import clock
from havn.helpline.menu import register_menu
from havn.helpline.queries import figures
from havn.helpline.queries.closing import staffing
from havn.helpline.queries.queue import snapshot
from havn.helpline.queries.screens import for_staff, near, place_for, services_of
from havn.helpline.readings import register_readings
from havn.helpline.retention.registration import register_retention
from havn.helpline.rules import visibility
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.helpline.rules.turns import WRITTEN
from havn.helpline.rules.visits import session_ms
from havn.helpline.safety import SAFETY_TEXTS
from havn.helpline.words import FOR_STAFF_ONLY, event_words
from havn.live import registry as live
from havn.statistics.api import Source, register_source
from havn.tenancy.models import Service

CHAT = "helpline.chat"
LETTER = "helpline.letter"
MAIL = "helpline.mail"


def register() -> None:
    """Fill the registries of centres, accounts and live."""
    register_staffing(staffing)
    register_page("chat", "helpline:start", easy=f"{FIELD}=1")
    register_page("letter", "helpline:letter", easy=f"{FIELD}=1")
    register_page("come-back", "helpline:come_back")
    for key, english in SAFETY_TEXTS.items():
        register_safety_text(key, english)
    hooks.register_lock_changed(leases.locked_or_open)
    hooks.register_member_removed(_member_removed)
    hooks.register_session_changed(_session_changed)
    _permissions()
    register_menu()
    register_retention()
    register_readings()
    coding_lists.register()
    language_needs.register()
    rounds_sources.register()
    release_tables.register()
    parts.register_part("when", "helpline/manage_when_files.html", clock.what_goes_when, order=60)
    register_source(Source(Service.Kind.HELPLINE, figures.span, figures.recount))
    for channel, name in (("chat", CHAT), ("letter", LETTER), ("mail", MAIL)):
        live.register_kind(
            live.Kind(
                name=name,
                may_see=_may_see,
                may_post=_may_post,
                event_words=event_words,
                session_ms=partial(session_ms, channel),
                staff_only=FOR_STAFF_ONLY,
                shuts_at_end=channel == "chat",
                reading_session=reading.duty_session,
                may_post_here=letters.may_post_here if channel in WRITTEN else None,
                text_stored=letters.text_stored if channel in WRITTEN else None,
            )
        )
    live.register_topic(
        live.Topic(prefix="queue", load=snapshot, for_visitor=place_for, for_staff=for_staff, near=near)
    )
    live.register_services_of(services_of)
    sweeps.register()
    live.register_routes(endpoints.ROUTES)
    live.register_refusal_page(endpoints.refusal_page)


def _permissions() -> None:
    rows: tuple[tuple[str, Promise, tuple[str, ...]], ...] = (
        ("helpline.work", gettext_lazy("Go on duty, take children, write with them and code the contact"), WORKS),
        ("helpline.supervise", gettext_lazy("See the wall and read talks along in silence"), SUPERVISES),
        (
            "helpline.figures",
            gettext_lazy("See the figures, and take them out with small numbers left out"),
            SUPERVISES,
        ),
        ("helpline.figures.whole", gettext_lazy("Take all figures out, small numbers too, for use inside"), MANAGES),
        ("helpline.contacts.import", gettext_lazy("Take in contacts of the past, and take that back"), MANAGES),
        ("helpline.manage", gettext_lazy("Change a helpline's settings, ready answers and links"), MANAGES),
    )
    for code, sentence, roles in rows:
        register_permission(code, sentence, *(Role(role) for role in roles))


def _may_see(viewer: live.Viewer, author: str, kind: str, participant_id: int | None) -> bool:
    return visibility.may_see(viewer_role=viewer.role, kind=kind)


def _may_post(viewer: live.Viewer, message_kind: str, state: str) -> None:
    match visibility.why_not_post(viewer_role=viewer.role, kind=message_kind, state=state):
        case None:
            return
        case "ended":
            raise Refused(_("This talk has ended."))
        case _:
            raise NotAllowed(_("You can't write that here."))


def _session_changed(user_id: int) -> None:
    leases.end_duties_without_role(user_id=user_id, now_ms=now_ms())
    reading.stop_without_role(user_id=user_id, now_ms=now_ms())


def _member_removed(*, user_id: int, organisation_id: int, actor_id: int) -> None:
    leases.end_duties_of(user_id=user_id, organisation_id=organisation_id, now_ms=now_ms())
