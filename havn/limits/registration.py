"""What limits and care plans hang into the helpline, the live process and the child's pages, once per process."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.registry import register_safety_text
from havn.common.clock import now_ms
from havn.helpline import beside, chats, letters, parts
from havn.helpline.event_parts import EventPart, register_event
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.limits import brake, child, deleted, desk, endpoints, keeping, replaced, start, words
from havn.limits.actions import ladder, plans
from havn.limits.queries.ladder import for_staff, waiting_at
from havn.limits.safety import SAFETY_TEXTS
from havn.limits.telling import PREFIX
from havn.live import api as live
from havn.tenancy.models import Centre

_PARTS = (
    ("desk_lines", "desk_lines", desk.lines),
    ("wall_lines", "wall_lines", desk.lines),
    ("desk_do", "desk_menu", desk.menu),
    ("desk_head", "desk_strip", desk.strip),
    ("desk_talk", "desk_plan_beside", desk.plan),
    ("desk_head", "desk_short_form", desk.short),
    ("desk_record", "desk_short", desk.short),
    ("desk_keys", "desk_keys", desk.keys),
    ("wall_tables", "wall_pauses", desk.pauses),
    ("when", "desk_when", desk.when),
)
_EVENTS = (
    EventPart(words.SLOWER, words.slower_for_child, words.slower_for_staff),
    EventPart(words.FASTER, words.faster_for_child, words.faster_for_staff),
    EventPart(words.PAUSED, words.paused_for_child, words.paused_for_staff),
    EventPart(words.RECOGNISED, words.given_for_child, words.given_for_staff),
    EventPart(
        words.OFFERED,
        words.offered_for_child,
        words.offered_for_staff,
        "limits/public_plan_offer.html",
        lambda visitor, values: {},
    ),
)


def register() -> None:
    """Fill the registries."""
    for place, template, values_of in _PARTS:
        parts.register_part(place, f"limits/{template}.html", values_of, order=35)
    parts.register_files("desk", style="limits/desk.css")
    parts.register_files("wall", style="limits/desk.css")
    parts.register_tab(parts.Tab("limits:settings", lambda: _("Limits and care plans"), 45))
    for event in _EVENTS:
        register_event(event)
    for key, english in SAFETY_TEXTS.items():
        register_safety_text(key, english)
    _child()
    beside.register_finished(ladder.talk_finished)
    beside.register_purge(_purge)
    live.register_topic(live.Topic(prefix=PREFIX, load=waiting_at, for_staff=for_staff, staff_event=PREFIX))
    live.register_brake(live.Brake(brake.holds, brake.check))
    live.register_startup(brake.read_slower)
    live.register_sweep(brake.READ_EVERY_SECONDS, brake.read_slower)
    live.register_routes(endpoints.ROUTES)
    keeping.register()
    _permissions()


def _child() -> None:
    chats.register_gate(child.gate)
    chats.register_again_rule(ladder.check_again)
    chats.register_end(child.end_of)
    chats.register_cookie(child.cookie_for)
    chats.register_start_part(chats.StartPart("limits/public_plan_field.html", start.on_the_form))
    chats.register_chat_started(plans.given_at_start)
    letters.register_form_part(letters.FormPart("limits/public_plan_field.html", start.on_the_form))
    letters.register_letter_started(plans.given_at_start)


def _purge(centre: Centre) -> None:
    plans.forget_plans(centre)
    ladder.forget_pauses(centre.pk, now_ms())
    deleted.forget_old()
    replaced.forget_old()


def _permissions() -> None:
    rows = (
        ("limits.ask", gettext_lazy("Say a kind word, ask for a limit, offer and write a care plan"), WORKS),
        ("limits.decide", gettext_lazy("Decide what a colleague asks for, and lift a limit early"), SUPERVISES),
        ("limits.manage", gettext_lazy("Change how limits and care plans work, and the kind words"), MANAGES),
    )
    for code, sentence, roles in rows:
        register_permission(code, sentence, *(Role(role) for role in roles))
