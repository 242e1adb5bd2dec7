"""Every list of terms, and every form, that comes with a release."""

from havn.forms.api import load_shipped
from havn.helpline.actions.vocabularies import load_vocabularies as load_helpline
from havn.vocabularies.api import load_public


def load_vocabularies() -> int:
    """Make or refresh the lists and forms of all apps as this release has them. Returns how many terms there are."""
    terms = load_public() + load_helpline()
    load_shipped()
    return terms
