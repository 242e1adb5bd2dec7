"""Every table that holds rows about a conversation, found from the models: a new one cannot be forgotten."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model

from havn.live.models import Conversation, ReturnCode, VisitorSession

# What wraps a conversation's key for its visitor goes first, together with the team's wrap in the vault.
KEYS: list[type[Model]] = [ReturnCode, VisitorSession]


@dataclass(frozen=True)
class Table:
    """A table and its column that names the conversation."""

    name: str
    column: str


def register_key_table(model: type[Model]) -> None:
    """A part keeps the key of a conversation for its visitor here, in rows that name it by `conversation_id`."""
    if model not in KEYS:
        KEYS.append(model)


@cache
def tables_about_conversations() -> tuple[Table, ...]:
    """All of them, referring ones before those they refer to, the conversation itself last.

    Raises LookupError when a table refers to one of these without naming the conversation: the purge could then not
    find its rows.
    """
    columns = {model: column for model in apps.get_models() if (column := _column(model))}
    left, ordered = dict(columns), []
    while left:
        free = [model for model in left if not any(model in _refers_to(other) for other in left if other is not model)]
        for model in sorted(free, key=lambda one: one._meta.db_table):
            ordered.append(Table(model._meta.db_table, left.pop(model)))
        if not free:
            raise LookupError("Tables about conversations refer to each other in a circle.")
    for model in apps.get_models():
        strays = (_refers_to(model) & set(columns)) if model not in columns else set()
        if strays - {Conversation}:
            raise LookupError(f"{model._meta.label} refers to a part of a conversation but does not name it.")
    return (*ordered, Table(Conversation._meta.db_table, "id"))


def _column(model: type[Model]) -> str | None:
    for field in model._meta.local_fields:
        if isinstance(field, ForeignKey) and field.related_model is Conversation:
            return field.column
    return None


def _refers_to(model: type[Model]) -> set[type[Model]]:
    return {
        field.related_model
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and isinstance(field.related_model, type)
    }
