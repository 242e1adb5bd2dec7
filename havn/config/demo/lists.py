"""A draft of a list for the demo, so that the screen of lists shows one."""

from dataclasses import replace

from havn.accounts.models import User
from havn.tenancy.models import Centre
from havn.vocabularies.actions.drafts import begin, put_term
from havn.vocabularies.models import Draft
from havn.vocabularies.registry import editable_list
from havn.vocabularies.rules.drafts import DraftTerm, from_rows

LABELS = {"en": "School platform", "nb": "Skolens plattform", "da": "Skolens platform"}


def make_list_draft(centre: Centre, coordinator: User) -> None:
    """A new place, and another that was renamed, once."""
    edited = editable_list("place")
    if edited is None or Draft.objects.filter(centre=centre).exists():
        return
    draft = begin(actor=coordinator, centre=centre, edited=edited)
    added = DraftTerm("", LABELS, definition="Where a school gives out work and pupils write to each other.")
    draft = put_term(actor=coordinator, centre=centre, edited=edited, version=draft.version, code="", term=added)
    gaming = next((term for term in from_rows(draft.terms) if term.code == "gaming"), None)
    if gaming is not None:
        renamed = replace(gaming, labels={**gaming.labels, "en": "Games and their chats"})
        put_term(actor=coordinator, centre=centre, edited=edited, version=draft.version, code=gaming.code, term=renamed)
