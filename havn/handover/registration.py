"""What hand-overs hang into the helpline, the centres, the live process and the menu, once per process."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.handovers import register_routes
from havn.centres.registry import register_safety_text
from havn.handover import keeping, screen_parts
from havn.handover.actions.passing import stop_letters
from havn.handover.actions.reports import purge_reports
from havn.handover.endpoints import ROUTES
from havn.handover.menu import register_menu
from havn.handover.queries.routes import centre_routes
from havn.handover.question import TEMPLATE_AFTER, after_the_talk, event_parts
from havn.handover.safety import SAFETY_TEXTS
from havn.helpline import beside, chats, parts
from havn.helpline.event_parts import register_event
from havn.helpline.rules.roles import MANAGES, WORKS
from havn.live import registry as live


def register() -> None:
    """Fill the registries."""
    register_routes(centre_routes)
    for key, english in SAFETY_TEXTS.items():
        register_safety_text(key, english)
    for event in event_parts():
        register_event(event)
    chats.register_end_part(chats.EndPart(TEMPLATE_AFTER, after_the_talk))
    live.register_routes(ROUTES)
    parts.register_part("desk_do", "handover/desk_button.html", screen_parts.button, order=30)
    parts.register_part("desk_talk", "handover/desk_strip.html", screen_parts.strip, order=30)
    parts.register_part("desk_record", "handover/desk_record_link.html", screen_parts.record_link, order=30)
    parts.register_files("desk", style="handover/handover.css")
    parts.register_tab(parts.Tab("handover:settings", lambda: _("Passing on"), 60))
    beside.register_destroyed(stop_letters)
    beside.register_purge(purge_reports)
    keeping.register()
    register_menu()
    register_permission(
        "handover.work",
        gettext_lazy("Ask whether something may be passed on, pass it on after a yes, note reports to platforms"),
        *(Role(role) for role in WORKS),
    )
    register_permission(
        "handover.manage",
        gettext_lazy("Choose where something can be passed on to, and in which words a child is asked"),
        *(Role(role) for role in MANAGES),
    )
