"""Saying where the terms of a list count in other lists."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.audit import api as audit
from havn.common.errors import Refused
from havn.tenancy.models import Centre
from havn.vocabularies.models import TermMapping
from havn.vocabularies.permissions import check_can_edit
from havn.vocabularies.queries import codes_used, mappings_said
from havn.vocabularies.registry import EditableList

Said = Mapping[tuple[str, str], str | None]
"""(scheme, code) to target: "" is nowhere, None as usual."""


class Overtaken(Refused):
    """A colleague said something else after the screen was made."""

    def __init__(self) -> None:
        super().__init__(_("A colleague changed this meanwhile. What you chose is still here: look, and save again."))


@transaction.atomic
def say(*, actor: User, centre: Centre, edited: EditableList, seen: str, said: Said) -> int:
    """Keep what a coordinator said. Returns how many changed. Reports count by it from now on, earlier periods too.

    `seen` is `mark_of` what the screen showed: raises Overtaken when it is another now. Raises Refused for a term or a
    target that there is not.
    """
    check_can_edit(actor, centre)
    Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    there = mappings_said(centre.pk, edited.dimension)
    if mark_of(there) != seen:
        raise Overtaken
    schemes = {one.name: {code for code, _label in one.targets()} for one in edited.schemes()}
    known, changed = codes_used(edited.dimension, centre.pk), 0
    for (scheme, code), target in said.items():
        if code not in known or scheme not in schemes or (target and target not in schemes[scheme]):
            raise Refused(_("One of the terms is not there any more. Load the page again."))
        if there.get(scheme, {}).get(code) == target:
            continue
        changed += 1
        where: dict[str, Any] = {"centre": centre, "dimension": edited.dimension, "scheme": scheme, "code": code}
        if target is None:
            TermMapping.objects.filter(**where).delete()
        else:
            TermMapping.objects.update_or_create(**where, defaults={"target": target})
    if changed:
        audit.record(
            centre_id=centre.pk, actor_id=actor.pk, action="vocabularies.mapped",
            subject=f"vocabulary:{edited.dimension}", terms=changed,
        )  # fmt: skip
    return changed


def mark_of(said: Mapping[str, Mapping[str, str]]) -> str:
    """The same for the same sayings, another for others; for the form that shows them."""
    rows = sorted((scheme, code, target) for scheme, codes in said.items() for code, target in codes.items())
    return sha256(repr(rows).encode()).hexdigest()[:16]
