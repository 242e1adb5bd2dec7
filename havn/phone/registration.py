"""What the phone hangs into the helpline and the engines below, called once per process from `apps.py`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.common.errors import NotAllowed
from havn.helpline import parts as places
from havn.helpline.actions.reading import duty_session
from havn.helpline.rules.roles import MANAGES, WORKS
from havn.live import registry as live
from havn.phone import keeping, parts
from havn.phone.actions import settling
from havn.phone.queries.calls import calls_at, for_staff
from havn.phone.words import KIND, event_words


def register() -> None:
    """Fill the registries of the helpline, accounts and live."""
    live.register_kind(
        live.Kind(
            name=KIND,
            may_see=_may_see,
            may_post=_may_post,
            event_words=event_words,
            reading_session=duty_session,
        )
    )
    live.register_topic(live.Topic(prefix="phone", load=calls_at, for_staff=for_staff, staff_event="calls"))
    live.register_sweep(15, settling.sweep_calls)
    live.register_sweep(60, settling.sweep_forgotten)
    keeping.register()
    _screens()
    works, manages = (tuple(Role(role) for role in roles) for roles in (WORKS, MANAGES))
    register_permission("phone.work", gettext_lazy("Take calls, and close the short ones with one press"), *works)
    register_permission("phone.manage", gettext_lazy("Join a helpline to its telephone system"), *manages)


def _screens() -> None:
    places.register_part("desk_duty", "phone/desk_calls.html", parts.calls_on_duty, order=10)
    places.register_part("desk_head", "phone/desk_call.html", parts.call_in_view, order=10)
    places.register_part("desk_keys", "phone/desk_keys.html", parts.keys, order=10)
    places.register_part("wall_numbers", "phone/wall_numbers.html", parts.wall_numbers, order=10)
    places.register_part("wall_tables", "phone/wall_today.html", parts.wall_today, order=90)
    places.register_part("when", "phone/manage_when.html", parts.what_goes_when, order=30)
    places.register_files("desk", script="phone/desk_calls.js", style="phone/desk_calls.css")
    places.register_files("wall", style="phone/desk_calls.css")
    places.register_tab(places.Tab("phone:settings", lambda: _("Phone"), order=30))


def _may_see(viewer: live.Viewer, author: str, kind: str, participant_id: int | None) -> bool:
    return viewer.role != "visitor"


def _may_post(viewer: live.Viewer, message_kind: str, state: str) -> None:
    if viewer.role == "visitor" or message_kind != "note":
        # There is nobody to read it: a call's log holds notes to colleagues only.
        raise NotAllowed(_("You can't write that here."))
