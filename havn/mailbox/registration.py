"""What the mailbox hangs into the helpline and the engines below, called once per process from `apps.py`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.api import register_permission
from havn.accounts.models import Role
from havn.centres.registry import register_safety_text
from havn.helpline import beside, letters
from havn.helpline import parts as places
from havn.helpline.event_parts import register_event
from havn.helpline.retention.tables import register_key_table
from havn.helpline.rules.roles import MANAGES, WORKS
from havn.live import registry as live
from havn.mailbox import endpoints, keeping, parts
from havn.mailbox.actions import answering, taking_back
from havn.mailbox.models import MailThread
from havn.mailbox.safety import SAFETY_TEXTS
from havn.mailbox.words import event_parts


def register() -> None:
    """Fill the registries of the helpline, centres, accounts and live."""
    register_key_table(MailThread)
    keeping.register()
    for key, english in SAFETY_TEXTS.items():
        register_safety_text(key, english)
    for part in event_parts():
        register_event(part)
    letters.register_answer_rule(answering.check_may_answer)
    letters.register_answer_given(answering.send_answer)
    beside.register_destroyed(taking_back.take_back_mails)
    letters.register_read_part(letters.ReadPart("mailbox/public_wish.html", parts.below_the_letter))
    places.register_part("letter_head", "mailbox/desk_letter_head.html", parts.above_the_letter)
    places.register_part("when", "mailbox/desk_when.html", parts.what_goes_when, order=40)
    places.register_tab(places.Tab("mailbox:settings", lambda: _("E-mail"), order=40))
    live.register_routes(endpoints.ROUTES)
    works, manages = (tuple(Role(role) for role in roles) for roles in (WORKS, MANAGES))
    register_permission(
        "mailbox.work", gettext_lazy("See from which address one's own letter came, and put spam away"), *works
    )
    register_permission("mailbox.manage", gettext_lazy("Join a helpline to its mailbox"), *manages)
