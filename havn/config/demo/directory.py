"""The directory of the demo: the facts of 32 countries as they were read, and four entries of our two centres' own.

Only organisations that the demo runs have confirmed anything, so that each state can be seen: fresh, ageing and old.
Everything else stands unconfirmed, as it is.
"""

import datetime as dt

from havn.common.clock import now
from havn.directory.loading import load_directory
from havn.directory.models import Confirmation, ContactHistory, Doubt, Entry
from havn.directory.queries import whole_directory
from havn.directory.said import said_of

# The service, how many days ago its organisation confirmed it, and the invented address that is asked.
CONFIRMED = {
    "kors-pa-halsen": (9, "vakt@kors.example"),
    "cyberhus": (68, "redaktion@cyberhus.example"),
    "red-barnet": (130, "hotline@redbarnet.example"),
}


def load_demo_directory() -> None:
    """Load the facts, and let those who run here have confirmed theirs. Again: what is there stays."""
    load_directory()
    moment = now()
    known = set(Confirmation.objects.values_list("service_id", flat=True))
    for entry in whole_directory(moment).entries:
        days, address = CONFIRMED.get(entry.service.slug, (None, ""))
        if days is None or not entry.centre.is_demo or entry.service.pk in known:
            continue
        Entry.objects.update_or_create(
            service=entry.service,
            defaults={"confirmer": entry.organisation, "confirmer_email": address},
        )
        at = moment - dt.timedelta(days=days)
        Confirmation.objects.create(
            service=entry.service,
            at=at,
            by_words=entry.organisation.name,
            result=Confirmation.Result.RIGHT,
            said=said_of(entry),
        )
        ContactHistory.objects.bulk_create(
            ContactHistory(
                service=entry.service,
                point=one.point,
                channel=one.channel,
                what=ContactHistory.What.CONFIRMED,
                value=one.value,
                at=at,
                by_words=entry.organisation.name,
            )
            for one in entry.points
            if one.value
        )
        Doubt.objects.filter(service=entry.service, about__in=("hours", "days"), settled_at=None).update(settled_at=at)
