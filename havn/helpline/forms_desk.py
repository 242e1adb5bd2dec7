"""The shape of what the desk's forms send. Whether it is allowed the actions decide."""

from typing import Any

from django.http import QueryDict

_PLAIN = ("person", "age_band", "gender", "place", "platform", "outcome", "risk")


def whole_number(text: str | None, otherwise: int) -> int:
    """A whole number of a form field, or `otherwise`."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 18 else otherwise


def values_of_record(form: QueryDict) -> dict[str, Any]:
    """The coded fields that the form holds. The first of `main` and the reasons ticked is the main reason."""
    values: dict[str, Any] = {name: form[name] for name in _PLAIN if name in form}
    order = [code for code in str(form.get("order", "")).split(",") if code]
    ticked = form.getlist("reasons")
    values["reasons"] = [code for code in order if code in ticked] + [code for code in ticked if code not in order]
    if "online" in form:
        values["online"] = {"yes": True, "no": False}.get(str(form["online"]))
    return values


def risk_shown(form: QueryDict) -> str | None:
    """The risk that the screen showed before the person touched it; None when the screen doesn't say."""
    shown = form.get("risk_was")
    return None if shown is None else str(shown)


def record_version(form: QueryDict) -> int:
    """The version the screen was made from; -1 matches none."""
    return whole_number(form.get("version"), -1)
