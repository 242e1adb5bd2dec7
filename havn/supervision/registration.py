"""What supervision hangs into the helpline, the live process, the centres and the menu, once per process."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.registry import register_safety_text, register_text_choice
from havn.helpline import beside, parts
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.live import registry as live
from havn.supervision import desk, keeping
from havn.supervision.actions import escalation, hands, notes, side_talks, take_over
from havn.supervision.identity_texts import all_texts, text_choice
from havn.supervision.queries.asides import asides_beside
from havn.supervision.queries.shift import for_staff, shift_at
from havn.supervision.telling import PREFIX

_PARTS = (
    ("desk_lines", "desk_lines", desk.lines),
    ("wall_lines", "wall_lines", desk.wall_lines),
    ("desk_duty", "desk_hand", desk.duty),
    ("desk_off", "desk_note_offer", desk.off_duty),
    ("desk_list", "desk_new_notes", desk.new_notes),
    ("desk_do", "desk_buttons", desk.buttons),
    ("desk_talk", "desk_strip", desk.strip),
    ("desk_writes", "desk_whisper", desk.whisper_form),
    ("desk_risk", "desk_criteria", desk.risk),
    ("desk_keys", "desk_key", desk.keys),
    ("when", "when_notes", desk.when),
)


def register() -> None:
    """Fill the registries."""
    for place, template, values_of in _PARTS:
        parts.register_part(place, f"supervision/{template}.html", values_of, order=20)
    parts.register_files("desk", script="supervision/desk.js", style="supervision/supervision.css")
    parts.register_files("wall", script="supervision/wall.js", style="supervision/supervision.css")
    parts.register_tab(parts.Tab("supervision:settings", lambda: _("Supervision"), 40))
    beside.register_asides(asides_beside)
    beside.register_judged(escalation.risk_judged)
    beside.register_finished(side_talks.talk_finished)
    beside.register_finished(take_over.talk_finished)
    beside.register_handed(side_talks.talk_finished)
    beside.register_stopped(side_talks.reading_stopped)
    beside.register_off_duty(hands.duty_ended)
    beside.register_off_duty(side_talks.duty_ended)
    beside.register_off_duty(take_over.duty_ended)
    beside.register_off_duty(escalation.duty_ended)
    beside.register_purge(notes.purge_notes)
    live.register_topic(live.Topic(prefix=PREFIX, load=shift_at, for_staff=for_staff, staff_event=PREFIX))
    for key, english in all_texts().items():
        register_safety_text(key, english)
    register_text_choice(text_choice)
    keeping.register()
    _permissions()


def _permissions() -> None:
    register_permission(
        "supervision.lead",
        gettext_lazy("Whisper to a counsellor, take a talk over, come when a hand is up or as the second person"),
        *(Role(role) for role in SUPERVISES),
    )
    register_permission(
        "supervision.ask",
        gettext_lazy("Raise a hand, ask colleagues beside a talk, leave a note to the next shift"),
        *(Role(role) for role in WORKS),
    )
    register_permission(
        "supervision.manage",
        gettext_lazy("Choose the model of identity, and write by what risk is told"),
        *(Role(role) for role in MANAGES),
    )
