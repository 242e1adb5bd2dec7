"""Once a night: ask the confirmers of entries that are getting old, showing what changed since they last looked."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Q, When
from django.urls import reverse, set_script_prefix
from django.utils import translation
from django.utils.translation import gettext as _

from havn.common.clock import now
from havn.directory.actions import LINK_LIVES, make_link
from havn.directory.listing import EntryNow
from havn.directory.models import ConfirmLink, Entry
from havn.directory.queries import last_confirmation, whole_directory
from havn.directory.said import differences_of, label_of, said_of, value_words
from havn.directory.words import age_words
from havn.mail import api as mail
from havn.tasks.api import task
from havn.tenancy.models import Centre, CentreHost

AGAIN_AFTER = dt.timedelta(days=14)
MOST_A_NIGHT = 200
LINKS_KEPT = dt.timedelta(days=30)


@task
def remind() -> int:
    """Write to every confirmer whose entry needs a look and who was not asked these two weeks. Returns how many.

    Old links are forgotten on the way. May run twice: who was asked a moment ago is not asked again.
    """
    moment = now()
    ConfirmLink.objects.filter(expires_at__lt=moment - LINKS_KEPT).delete()
    sender = _sender()
    if sender is None:
        return 0
    asked = Q(reminded_at__isnull=True) | Q(reminded_at__lt=moment - AGAIN_AFTER)
    due = set(Entry.objects.exclude(confirmer_email="").filter(asked, ended_on=None).values_list("pk", flat=True))
    entries = [entry for entry in whole_directory(moment).entries if entry.service.pk in due]
    waiting = [entry for entry in entries if entry.freshness.needs_look][:MOST_A_NIGHT]
    asking = [(entry, _own_or(sender, entry)) for entry in waiting]
    # Where no mail server is set up, a letter would only wait until its link is over.
    return sum(_ask(entry, centre) for entry, centre in asking if mail.reaches(centre))


def _sender() -> Centre | None:
    """Whose letter it is where the entry's own centre does not run here: the network's, else the first."""
    network_first = Case(When(kind=Centre.Kind.NETWORK, then=0), default=1)
    return Centre.objects.hosted().order_by(network_first, "pk").first()


def _own_or(sender: Centre, entry: EntryNow) -> Centre:
    return entry.centre if entry.centre.is_hosted else sender


@transaction.atomic
def _ask(entry: EntryNow, sender: Centre) -> bool:
    fresh = Entry.objects.select_for_update(of=("self",)).get(pk=entry.service.pk)
    if fresh.reminded_at is not None and now() - fresh.reminded_at < AGAIN_AFTER:
        return False
    token = make_link(service=entry.service)
    language = _language(entry, sender)
    with translation.override(language):
        subject, text = letter(entry, _address(sender, token, language))
        mail.send(centre=sender, to=fresh.confirmer_email, subject=subject, text=text, kind="directory.confirm")
    return True


def letter(entry: EntryNow, address: str) -> tuple[str, str]:
    """The subject and the words of a reminder, in the language that is active."""
    last = last_confirmation(entry.service.pk)
    name = entry.name or entry.organisation.name
    lines = [
        _("Is everything right that the directory says of %(name)s?") % {"name": name},
        age_words(entry),
        "",
    ]
    if last is None:
        lines.append(_("This stands there:"))
        facts = [(label_of(key), value_words(key, value)) for key, value in said_of(entry).items()]
        lines += [f"- {label}: {value}" for label, value in facts]
    elif changed := differences_of(entry, last.said):
        lines.append(_("This changed since then:"))
        for one in changed:
            values = {
                "label": label_of(one.key),
                "before": value_words(one.key, one.before),
                "now": value_words(one.key, one.now),
            }
            lines.append("- " + _("%(label)s: was %(before)s, is now %(now)s") % values)
    else:
        lines.append(_("Nothing has changed since then."))
    lines += [
        "",
        _("Look at it, and press “Everything is right” or write what is wrong:"),
        address,
        "",
        _("The link works once, for %(days)s days. You need no account.") % {"days": LINK_LIVES.days},
        _("Until you answer, the public reads how old the entry is."),
    ]
    return _("Is this still right? %(name)s") % {"name": " ".join(name.split())[:100]}, "\n".join(lines)


def _language(entry: EntryNow, sender: Centre) -> str:
    offered = {code for code, _name in settings.STAFF_LANGUAGES}
    return next((code for code in (*entry.languages, sender.default_language) if code in offered), "en")


def _address(sender: Centre, token: str, language: str) -> str:
    set_script_prefix(f"/{language}/")
    try:
        path = reverse("directory:confirm", args=[token])
    finally:
        set_script_prefix("/")
    host = CentreHost.objects.filter(centre=sender).order_by("pk").values_list("host", flat=True).first()
    scheme = "https" if settings.SECURE else "http"
    return f"{scheme}://{host or 'localhost'}{path}"
