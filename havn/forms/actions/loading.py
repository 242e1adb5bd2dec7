"""Loading the forms that come with Havn from `data/`. May run any number of times.

A file changed by a release becomes the next version; versions in use stay, because answers are read by them.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from havn.common.clock import now
from havn.forms.models import Form, FormVersion
from havn.forms.rules.parsing import parse

DATA = Path(__file__).resolve().parent.parent / "data"


def shipped() -> list[tuple[str, dict[str, Any]]]:
    """(kind, definition) of every form that comes with this release, in the order of the files' names."""
    found = []
    for path in sorted(DATA.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        found.append((file["kind"], file["definition"]))
    return found


def load_shipped() -> int:
    """Make or refresh them. Returns how many versions are new. Raises DefinitionFaults for a file with faults."""
    return sum(_load(kind, definition) for kind, definition in shipped())


@transaction.atomic
def _load(kind: str, definition: dict[str, Any]) -> bool:
    parse(definition)
    form, _made = Form.objects.get_or_create(
        centre=None, key=definition["key"], defaults={"kind": kind, "made_at": now()}
    )
    if form.kind != kind:
        form.kind = kind
        form.save(update_fields=["kind"])
    newest = form.versions.order_by("-number").first()
    if newest is not None and newest.definition == definition:
        return False
    moment = now()
    FormVersion.objects.create(
        form=form, number=newest.number + 1 if newest else 1, definition=definition, made_at=moment,
        changed_at=moment, frozen_at=moment,
    )  # fmt: skip
    return True
