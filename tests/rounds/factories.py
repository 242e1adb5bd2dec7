"""Invented rounds, answers and people."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.test import Client

from havn.accounts.models import User
from havn.common.clock import now
from havn.forms.models import Form, FormVersion
from havn.rounds.actions.drafts import save_draft
from havn.rounds.actions.review import accept, publish
from havn.rounds.actions.rounds import make_round
from havn.rounds.actions.sending import send_in
from havn.rounds.models import Assignment, Round, Submission
from havn.rounds.warnings import warnings_of
from havn.rounds.working import Work
from havn.statistics.rules.periods import Kind, Period, period_of
from havn.tenancy.models import Centre
from tests.accounts.factories import make_staff, signed_in_client

NETWORK_HOST = "network.test"
QUARTER = period_of(Kind.QUARTER, dt.date(2026, 7, 1))
DEFINITION: dict[str, Any] = {
    "key": "small_quarter",
    "language": "en",
    "languages": ["en", "nb"],
    "title": {"en": "Small quarter", "nb": "Lite kvartal"},
    "about": {"en": "Numbers only."},
    "sections": [
        {
            "key": "totals",
            "title": {"en": "Totals", "nb": "Summer"},
            "questions": [
                {"key": "total", "type": "number", "label": {"en": "Contacts"}, "least": 0, "required": True,
                 "source": "test.total"},
                {"key": "by_channel", "type": "matrix", "cell": "number", "label": {"en": "By channel"},
                 "rows": [{"code": "phone", "label": {"en": "Phone"}}, {"code": "chat", "label": {"en": "Chat"}}],
                 "columns": [{"code": "contacts", "label": {"en": "Contacts"}}], "source": "test.channel"},
                {"key": "reach", "type": "number", "label": {"en": "People reached"}, "basis": True,
                 "source": "test.reach"},
            ],
        },
        {
            "key": "words",
            "title": {"en": "In words"},
            "questions": [
                {"key": "why", "type": "text", "label": {"en": "What was new"}, "lines": 4},
                {"key": "proof", "type": "file", "label": {"en": "A report"}, "kinds": ["pdf"], "largest": 200000},
            ],
        },
        {
            "key": "cases",
            "title": {"en": "Cases"},
            "repeat": {"least": 0, "most": 5, "title": {"en": "Case"}},
            "questions": [
                {"key": "what", "type": "text", "label": {"en": "What"}},
                {"key": "paper", "type": "file", "label": {"en": "Paper"}, "kinds": ["pdf"], "largest": 200000},
            ],
        },
    ],
    "computed": [
        {"key": "double", "label": {"en": "Twice"}, "value": "total * 2", "shown": True},
    ],
    "checks": [
        {"key": "adds_up", "level": "error", "at": "by_channel", "holds": "sum(by_channel) == total",
         "message": {"en": "The channels must add up to the contacts."}},
        {"key": "steady", "level": "warning", "at": "total", "holds": "total <= before.total * 2",
         "message": {"en": "More than twice as many as last quarter."}},
    ],
}  # fmt: skip
GOOD: dict[str, Any] = {"total": 40, "by_channel": {"phone": {"contacts": 15}, "chat": {"contacts": 25}}}


def make_form(centre: Centre | None = None, definition: dict[str, Any] | None = None, **fields: Any) -> FormVersion:
    """A frozen version, of no centre: it comes with Havn."""
    raw = definition or DEFINITION
    form = Form.objects.create(centre=centre, key=raw["key"], made_at=now(), **{"kind": "helpline", **fields})
    return FormVersion.objects.create(
        form=form, number=1, definition=raw, made_at=now(), changed_at=now(), frozen_at=now()
    )  # fmt: skip


def member(centre: Centre, role: str = "data_officer") -> User:
    """Somebody of the centre with this role."""
    return make_staff(centre, role)


def client_of(centre: Centre, role: str = "data_officer", user: User | None = None) -> Client:
    """Their browser."""
    return signed_in_client(user or member(centre, role), host=centre.hosts.get().host)


def ask(
    owner: Centre,
    version: FormVersion,
    *centres: Centre,
    period: Period = QUARTER,
    actor: User | None = None,
    **fields: Any,
) -> Round:
    """A round that has opened, by somebody of the owner."""
    days = {"opens_on": dt.date(2020, 1, 1), "closes_on": dt.date(2100, 1, 1), **fields}
    person = actor or member(owner, "coordinator")
    return make_round(actor=person, owner=owner, version=version, period=period, centres=centres, **days)


def assignment_of(one: Round, centre: Centre) -> Assignment:
    """Where a centre stands, read anew."""
    found = Assignment.objects.select_related("round__owner", "round__form_version__form", "centre")
    return found.get(round=one, centre=centre)


def write(assignment: Assignment, answers: Mapping[str, Any] = GOOD, actor: User | None = None) -> None:
    """Keep a draft."""
    save_draft(actor=actor or member(assignment.centre), assignment_id=assignment.pk, answers=answers, seen=None)


def send(assignment: Assignment, answers: Mapping[str, Any] = GOOD, actor: User | None = None) -> Submission:
    """Write and send in, whatever the form warns of."""
    person = actor or member(assignment.centre)
    write(assignment, answers, person)
    work = Work(assignment)
    checked = work.check(work.draft.answers, final=True)
    return send_in(
        actor=person,
        assignment_id=assignment.pk,
        seen=work.draft.version,
        answers=checked.answers,
        values=checked.values,
        warnings=dict.fromkeys(warnings_of(checked), "It is so."),
    )


def take(one: Round, centre: Centre, answers: Mapping[str, Any] = GOOD, actor: User | None = None) -> Submission:
    """Send in and accept."""
    assignment = assignment_of(one, centre)
    sent = send(assignment, answers)
    return accept(
        actor=actor or member(one.owner, "coordinator"), assignment_id=assignment.pk, revision=sent.revision
    )  # fmt: skip


def take_and_publish(one: Round, centre: Centre, answers: Mapping[str, Any] = GOOD, actor: User | None = None) -> None:
    """Send in, accept and publish."""
    person = actor or member(one.owner, "coordinator")
    take(one, centre, answers, person)
    publish(actor=person, assignment_id=assignment_of(one, centre).pk)
