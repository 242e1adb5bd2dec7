"""The clocks of the helpline, and what stays of it, for the list of `havn.common.keeping`."""

import datetime as dt

from django.utils.translation import gettext as _

from havn.common.keeping import Clock, Stays, register_clock, register_stays
from havn.helpline.imports.actions import STAGED_KEPT
from havn.helpline.models import ContactBatch, Duty
from havn.helpline.retention import departed, journal
from havn.helpline.retention.api import keeping_of
from havn.helpline.retention.duties import DUTIES_KEPT
from havn.helpline.retention.queries import PURGED, talks_over
from havn.tenancy.models import Centre

_PURGE = "helpline.purge"


def register() -> None:
    """Fill the list. Every table that names a conversation goes with it (`tables.py`)."""
    register_clock(
        Clock(
            "helpline.talks",
            ("vault.ConversationKeyWrap",),
            lambda: _("Talks, letters and all that is kept beside them: words, keys, codes, records"),
            _talks_when,
            task=_PURGE,
            over=lambda centre_id, at: len(talks_over(Centre.objects.get(pk=centre_id), now=at)),
            settings="helpline:settings",
            trail=PURGED,
        )
    )
    register_clock(
        Clock(
            "helpline.duties",
            ("helpline.Duty",),
            lambda: _("Who was on duty from when to when"),
            lambda centre_id: _("%(days)s days after the duty ended") % {"days": DUTIES_KEPT.days},
            task=_PURGE,
            over=_duties_over,
        )
    )
    register_clock(
        Clock(
            "helpline.imports",
            ("helpline.BatchRows",),
            lambda: _("Rows of files of contacts of the past that nobody applied"),
            lambda centre_id: (
                _("%(days)s days after the file came, or when it is applied") % {"days": STAGED_KEPT.days}
            ),
            task="helpline.imports",
            over=lambda centre_id, at: ContactBatch.objects.filter(
                service__organisation__centre_id=centre_id, state="staged", made_at__lt=at - STAGED_KEPT
            ).count(),
            settings="helpline:imports",
        )
    )
    _lines()
    _stays()


def _lines() -> None:
    register_clock(
        Clock(
            "helpline.destroyed",
            (),
            lambda: _("That a talk was destroyed at its child's wish, so that no restore brings it back"),
            lambda centre_id: _("%(days)s days later, as long as backups reach") % {"days": journal.KEPT.days},
            task=_PURGE,
            over=lambda centre_id, at: sum(
                dt.date.fromisoformat(day) < (at - journal.KEPT).date()
                for day, _talk in journal.lines_in(journal.path(), fields=2)
            ),
        )
    )
    register_clock(
        Clock(
            "helpline.departed",
            (),
            lambda: _("That a role was taken, so that no restore gives it back"),
            lambda centre_id: _("%(days)s days later, as long as backups reach") % {"days": journal.KEPT.days},
            task=_PURGE,
            over=lambda centre_id, at: sum(
                dt.datetime.fromisoformat(line[0]) < at - journal.KEPT
                for line in journal.lines_in(departed.path(), fields=5)
            ),
        )
    )


def _stays() -> None:
    register_stays(
        Stays(
            "helpline.contacts",
            ("helpline.Contact", "helpline.ContactReason", "helpline.Feedback", "helpline.ContactBatch"),
            lambda: _("Contacts: codes, bands and a half-hour, and answers to “Did it help?”"),
            lambda: _("For good: nothing in them leads back to a talk or a person."),
        )
    )
    register_stays(
        Stays(
            "helpline.settings",
            (
                "helpline.HelplineSettings", "helpline.CannedAnswer", "helpline.LinkForChildren",
                "helpline.ServiceQueue", "helpline.ImportMeaning",
            ),
            lambda: _("Settings of a helpline, its ready answers and links, and what columns of files mean"),
            lambda: _("Until somebody changes them."),
        )
    )  # fmt: skip


def _talks_when(centre_id: int) -> str:
    keeping = keeping_of(centre_id)
    return _(
        "%(days)s days after the last message; what never became a talk after %(hours)s hours; at once when the child "
        "deletes it"
    ) % {"days": keeping.days, "hours": keeping.unfinished_hours}


def _duties_over(centre_id: int, at: dt.datetime) -> int:
    limit_ms = int((at - DUTIES_KEPT).timestamp() * 1000)
    return Duty.objects.filter(service__organisation__centre_id=centre_id, ended_at_ms__lt=limit_ms).count()
