"""Warnings of a check, each with the key under which its explanation is kept."""

from havn.forms import api as forms

KEY_LENGTH = 100


def warnings_of(checked: forms.Checked) -> dict[str, forms.Fault]:
    """Key to warning, in the order of the form. The key names the check, and in a repeated section its row."""
    found: dict[str, forms.Fault] = {}
    for fault in checked.warnings:
        name = fault.check.key if fault.check is not None else fault.code
        key = name if "." not in fault.path else f"{name}@{fault.path}"
        found[key[:KEY_LENGTH]] = fault
    return found
