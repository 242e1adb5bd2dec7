"""What we write by e-mail, in the language of the thread: plain text, no pictures, no trackers, no links but ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from havn.common.language import spoken
from havn.helpline.letters import aim_hours
from havn.mailbox.models import Mailbox
from havn.mailbox.safety import sentences
from havn.tenancy.models import CentreHost, Service


def receipt(service: Service, box: Mailbox, *, language: str, code: str, left_out: int) -> str:
    """The first and only automatic e-mail of a thread: we have it, when an answer may come, and the way around mail."""
    centre = service.organisation.centre
    with _spoken_in(service, language):
        parts = [_("Thank you for writing to us. Your e-mail is here. A person will read it and answer you.")]
        hours = aim_hours(service.pk)
        if hours:
            within = ngettext(
                "We try to answer within %(hours)d hour.", "We try to answer within %(hours)d hours.", hours
            )
            parts.append(within % {"hours": hours})
        if left_out:
            parts.append(
                _("We can't take pictures or files. They are deleted, and nobody has looked at them.")
                + " "
                + _("Please tell us in words what is in them.")
            )
        words_of = sentences(centre, language)
        parts += [
            words_of("mail-danger", number=centre.emergency_number),
            words_of("mail-seen"),
            words_of("mail-on-our-site"),
            f"{come_back_address(box, service)}\n" + _("Your code: %(code)s") % {"code": code},
            _("This e-mail was sent by itself. You can answer it if you want to write more."),
            service.shown_name,
        ]
    return "\n\n".join(parts) + "\n"


def answer(service: Service, box: Mailbox, *, language: str, text: str) -> str:
    """A counsellor's answer, with how to go on below it."""
    with _spoken_in(service, language):
        parts = [
            text.strip(),
            "-- \n" + service.shown_name,
            _("You can answer this e-mail if you want to write more."),
            _("You can also read and write on our site, with your code:") + "\n" + come_back_address(box, service),
        ]
    return "\n\n".join(parts) + "\n"


def announcement(service: Service, box: Mailbox, *, language: str) -> str:
    """There is an answer, and no word of it."""
    with _spoken_in(service, language):
        parts = [
            _("There is an answer for you. You can read it on our site, with your code:"),
            come_back_address(box, service),
            service.shown_name,
        ]
    return "\n\n".join(parts) + "\n"


def subject_of(service: Service, language: str, subject: str) -> str:
    """The child's own subject again, by which mail programs keep a thread together; else a neutral one."""
    line = "".join(one if one.isprintable() else " " for one in subject).strip()[:150]
    if line:
        return line if line.lower().startswith("re:") else f"Re: {line}"
    with _spoken_in(service, language):
        return _("Your e-mail to us")


def come_back_address(box: Mailbox, service: Service) -> str:
    """The page on which a code opens its letter, in the language that is being spoken."""
    return _site_of(box, service) + reverse("helpline:come_back")


def _site_of(box: Mailbox, service: Service) -> str:
    if box.site:
        return box.site
    host = (
        CentreHost.objects.filter(centre=service.organisation.centre_id).order_by("pk").values_list("host", flat=True)
    )
    return f"{'https' if settings.SECURE else 'http'}://{host.first() or 'localhost'}"


@contextmanager
def _spoken_in(service: Service, language: str) -> Iterator[None]:
    """In this language, the addresses of our pages too."""
    before = get_script_prefix()
    set_script_prefix(f"/{language}/")
    try:
        with translation.override(spoken(language, service.organisation.centre.formal_in)):
            yield
    finally:
        set_script_prefix(before)
