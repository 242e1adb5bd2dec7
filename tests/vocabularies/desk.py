"""A centre with a helpline, its coordinator at the screens of lists, and short ways through them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client

from havn.accounts.models import Role, User
from havn.tenancy.models import Centre, Service
from havn.vocabularies.models import Draft
from tests.accounts.factories import make_staff, signed_in_client
from tests.days import today
from tests.helpline.figures import helpline

TODAY = today()
TOMORROW = TODAY + dt.timedelta(days=1)
LISTS = "/en/desk/lists"


@dataclass
class Desk:
    """The coordinator's browser at one helpline."""

    service: Service
    kari: User
    client: Client

    @property
    def centre(self) -> Centre:
        return self.service.organisation.centre

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(centre=self.centre, dimension="reason")

    def begin(self) -> None:
        assert self.client.post(f"{LISTS}/reason/begin").status_code == 302

    def term(self, code: str, *, version: int | None = None, **said: Any) -> Any:
        """Keep a term of the draft; what is not said is as it stands in the draft."""
        standing = next((one for one in self.draft.terms if one["code"] == code), None)
        values: dict[str, Any] = {"version": self.draft.version if version is None else version, "state": "kept"}
        if standing:
            values |= {f"label_{language}": label for language, label in standing["labels"].items()}
            values |= {"definition": standing["definition"], "broader": standing["broader"]}
        where = f"{LISTS}/reason/draft/term/{code}" if code else f"{LISTS}/reason/draft/new"
        return self.client.post(where, {**values, **said})

    def publish(self, day: dt.date) -> Any:
        sent = {"version": self.draft.version, "valid_from": day.isoformat()}
        return self.client.post(f"{LISTS}/reason/draft/publish", sent)


def make_desk() -> Desk:
    """A helpline whose coordinator is signed in."""
    service = helpline()
    kari = make_staff(service.organisation, Role.COORDINATOR, name="Kari Coordinator")
    return Desk(service, kari, signed_in_client(kari))
