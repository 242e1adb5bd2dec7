"""The field for the code of a care plan on the forms that begin a chat or a letter."""

from collections.abc import Mapping
from typing import Any

from havn.tenancy.models import Service

LONGEST = 120


def on_the_form(service: Service, fields: Mapping[str, str]) -> dict[str, Any]:
    """Empty and folded, unless the form comes back with something in it."""
    return {"typed": fields.get("plan_code", "")[:LONGEST]}
