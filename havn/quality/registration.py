"""What quality hangs into the helpline, the live process and the menu, once per process."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.helpline import beside, parts
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.live import registry as live
from havn.quality import desk, keeping, safety
from havn.quality.actions import debrief, forgetting, hard
from havn.quality.menu import register_menu
from havn.quality.queries.care import for_staff, wishes_snapshot
from havn.quality.telling import PREFIX

_PARTS = (
    ("desk_lines", "desk_lines", desk.lines),
    ("wall_lines", "wall_lines", desk.wall_lines),
    ("wall_tables", "wall_wishes", desk.wall_table),
    ("desk_list", "desk_questions", desk.questions),
    ("desk_list", "desk_results", desk.results),
    ("desk_duty", "desk_pause", desk.duty),
    ("desk_do", "desk_hard", desk.button),
    ("desk_keys", "desk_key", desk.keys),
)


def register() -> None:
    """Fill the registries."""
    for place, template, values_of in _PARTS:
        parts.register_part(place, f"quality/{template}.html", values_of, order=30)
    parts.register_files("desk", script="quality/desk.js", style="quality/quality.css")
    parts.register_files("wall", script="quality/wall.js", style="quality/quality.css")
    parts.register_tab(parts.Tab("quality:settings", lambda: _("Care and quality"), 60))
    parts.register_tab(parts.Tab("quality:criteria", lambda: _("Criteria"), 61))
    beside.register_coded(hard.talk_coded)
    beside.register_off_duty(debrief.duty_ended)
    beside.register_purge(forgetting.purge_care)
    live.register_topic(live.Topic(prefix=PREFIX, load=wishes_snapshot, for_staff=for_staff, staff_event=PREFIX))
    register_menu()
    keeping.register()
    safety.register()
    _permissions()


def _permissions() -> None:
    register_permission(
        "quality.own",
        gettext_lazy("Answer after a hard talk, take a pause, see one's own load and the reviews of one's own talks"),
        *(Role(role) for role in WORKS),
    )
    register_permission(
        "quality.care",
        gettext_lazy("See who wants to talk, and review drawn talks of others"),
        *(Role(role) for role in SUPERVISES),
    )
    register_permission(
        "quality.manage",
        gettext_lazy("Choose what is hard, how many talks are drawn and by which criteria, and see the sums"),
        *(Role(role) for role in MANAGES),
    )
