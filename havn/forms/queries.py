"""Which forms and versions there are, and their definitions, read once and kept by version."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import ForeignObjectRel, Q, QuerySet
from django.db.models.base import ModelBase

from havn.forms.models import DraftStep, Form, FormVersion
from havn.forms.rules.definition import Choice, Definition
from havn.forms.rules.editing import keys_of
from havn.forms.rules.lists import with_lists
from havn.forms.rules.parsing import parse
from havn.tenancy.models import Centre
from havn.vocabularies.api import lists_on


def forms_of(centre: Centre) -> QuerySet[Form]:
    """The centre's own forms and those that come with Havn."""
    return Form.objects.filter(Q(centre=centre) | Q(centre=None)).order_by("key", "pk")


def frozen_versions_for(centre: Centre) -> QuerySet[FormVersion]:
    """Versions that a round of this centre may use, the newest of each form first."""
    return (
        FormVersion.objects.filter(Q(form__centre=centre) | Q(form__centre=None), frozen_at__isnull=False)
        .select_related("form")
        .order_by("form__key", "form_id", "-number")
    )


def drafts_of(centre: Centre) -> QuerySet[FormVersion]:
    """The drafts of the centre's own forms, those that somebody changed last first."""
    found = FormVersion.objects.filter(form__centre=centre, frozen_at=None).select_related("form__centre")
    return found.order_by("-changed_at", "-pk")


def keys_in_use(form: Form) -> set[str]:
    """Keys under which a version in use of this form keeps answers."""
    frozen = form.versions.filter(frozen_at__isnull=False).values_list("definition", flat=True)
    return {key for definition in frozen for key in keys_of(definition)}


def is_used(form: Form) -> bool:
    """Whether anything but a draft's own steps refers to a version of the form."""
    relations = (one for one in FormVersion._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel))
    return any(
        relation.related_model._default_manager.filter(**{f"{relation.field.name}__form": form}).exists()
        for relation in relations
        if isinstance(relation.related_model, ModelBase) and relation.related_model is not DraftStep
    )


def newest_frozen(key: str, centre: Centre | None = None) -> FormVersion | None:
    """The version in use of a form by its key: the centre's own before the one that comes with Havn."""
    found = FormVersion.objects.filter(form__key=key, frozen_at__isnull=False).select_related("form")
    if centre is not None and (own := found.filter(form__centre=centre).order_by("-number").first()) is not None:
        return own
    return found.filter(form__centre=None).order_by("-number").first()


def parsed(version: FormVersion) -> Definition:
    """The definition of a version as it is stored, lists not filled in. Raises DefinitionFaults for a faulty draft."""
    return read_definition(version.definition)


def definition_on(version: FormVersion, on: dt.date, centre: Centre | None = None) -> Definition:
    """The definition with the lists of havn.vocabularies as they held on a day, the centre's own first."""
    return filled_in(parsed(version), on, centre)


def filled_in(definition: Definition, on: dt.date, centre: Centre | None = None) -> Definition:
    """A definition with its choices, rows and columns taken from the lists that held on a day."""
    if not definition.dimensions:
        return definition
    found = lists_on(sorted(definition.dimensions), on=on, centre_id=centre.pk if centre else None)
    lists: Mapping[str, tuple[Choice, ...]] = {
        dimension: tuple(Choice(term.code, term.labels) for term in terms) for dimension, terms in found.items()
    }
    return with_lists(definition, lists)


def read_definition(raw: Any) -> Definition:
    """Like `parse`, and what was read lately is kept: by its text, so that a changed draft is read anew."""
    return _read(json.dumps(raw))


@lru_cache(maxsize=64)
def _read(text: str) -> Definition:
    return parse(json.loads(text))
