"""What the letterbox hangs into the helpline, the public pages, the menu and the live process, from `apps.py`."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.api import EntryPart, register_entry_part
from havn.centres.registry import register_safety_text
from havn.common.page_cache import pages_change_with
from havn.common.site_maps import register_addresses
from havn.helpline import beside, letters, parts
from havn.helpline.models import Turn
from havn.helpline.rules.roles import MANAGES, SUPERVISES, WORKS
from havn.letterbox import endpoints, keeping, public_parts, screen_parts, withdrawn
from havn.letterbox.actions import books, consent
from havn.letterbox.actions.drafting import add_to_draft
from havn.letterbox.menu import register_menu
from havn.letterbox.models import PublishedAnswer
from havn.letterbox.queries.settings import settings_of
from havn.letterbox.safety import SAFETY_TEXTS
from havn.live import registry as live


def register() -> None:
    """Fill the registries of the apps below."""
    keeping.register()
    _permissions()
    register_menu()
    for key, english in SAFETY_TEXTS.items():
        register_safety_text(key, english)
    letters.register_answer_rule(books.check_may_answer)
    letters.register_text_stored(books.note_text)
    letters.register_aim(lambda service_id: settings_of(service_id).aim_hours)
    letters.register_letter_started(public_parts.letter_started)
    letters.register_letter_deleted(_letter_deleted)
    letters.register_code_unwanted(consent.end_without_code)
    letters.register_form_part(letters.FormPart("letterbox/public_consent_tick.html", public_parts.on_the_form))
    letters.register_draft(add_to_draft)
    letters.register_desk_page("letterbox:letter")
    letters.register_read_part(letters.ReadPart("letterbox/public_consent.html", public_parts.below_the_answer))
    parts.register_part("desk_talk", "letterbox/desk_part_talk.html", screen_parts.at_the_talk)
    parts.register_part("wall_lines", "letterbox/desk_part_wall.html", screen_parts.on_the_wall)
    parts.register_part("when", "letterbox/desk_part_when.html", screen_parts.what_goes_when)
    parts.register_files("desk", style="letterbox/desk_part.css")
    parts.register_tab(parts.Tab("letterbox:settings", lambda: _("Letters")))
    beside.register_finished(books.close_clock)
    beside.register_end_rule(books.check_may_end)
    beside.register_purge(_forget)
    live.register_sweep(books.SWEEP_EVERY_MS / 1000, books.sweep_alarms)
    live.register_routes(endpoints.ROUTES)
    register_entry_part(
        EntryPart(48, "letterbox/public_entry_door.html", lambda _request: {}, public_parts.published_here)
    )
    register_addresses(public_parts.addresses)
    pages_change_with([PublishedAnswer])


def _permissions() -> None:
    rows: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
        (
            "letterbox.work",
            gettext_lazy("See the list of letters, answer them, read colleagues' answers and prepare one for the site"),
            WORKS,
        ),
        ("letterbox.publish", gettext_lazy("Publish a prepared answer without names, and take it off"), SUPERVISES),
        ("letterbox.manage", gettext_lazy("Change how long letters may wait and who reads answers first"), MANAGES),
    )
    for code, sentence, roles in rows:
        register_permission(code, sentence, *(Role(role) for role in roles))


def _letter_deleted(letter: Turn) -> None:
    consent.take_back_with_letter(letter.pk, letter.service.organisation.centre_id)


def _forget(_centre: object) -> None:
    withdrawn.forget_old()
