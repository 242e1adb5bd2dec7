"""One escalation as somebody reads it who holds the key."""

import json
from dataclasses import dataclass, field

from havn.helpline.sealing import open_text
from havn.supervision.models import Escalation
from havn.supervision.queries.checklist import rules_of
from havn.supervision.rules.escalation import FIELDS, Rules, lacking

FIELD = "escalation"


@dataclass
class Page:
    """The checklist with what has been ticked and written, and what still keeps it from being closed."""

    escalation: Escalation
    rules: Rules
    written: dict[str, str] = field(default_factory=dict)
    lacking: list[str] = field(default_factory=list)


def latest_of(conversation_id: int) -> Escalation | None:
    """The escalation of a conversation that is open, else the last one."""
    rows = Escalation.objects.filter(conversation_id=conversation_id).select_related(
        "opened_by", "second", "stand_in", "close_asked_by", "closed_by"
    )
    return max(rows, key=lambda one: (one.closed_at_ms is None, one.opened_at_ms), default=None)


def written_in(escalation: Escalation, key: bytes) -> dict[str, str]:
    """What was written, field by field."""
    text = open_text(
        escalation.record_nonce,
        escalation.record_sealed,
        conversation_id=escalation.conversation_id,
        field=FIELD,
        key=key,
    )
    found = json.loads(text) if text else {}
    return {name: str(found.get(name, "")) for name in FIELDS}


def page_of(escalation: Escalation, *, key: bytes, language: str) -> Page:
    """All of it in the reader's language."""
    rules = rules_of(escalation.rules, language)
    written = written_in(escalation, key)
    missing = lacking(
        steps=rules.steps, done=escalation.done, written=written, has_second=escalation.second_id is not None
    )
    return Page(escalation, rules, written, missing)
