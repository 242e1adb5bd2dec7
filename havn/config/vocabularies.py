"""Every list of terms that comes with a release."""

from havn.helpline.actions.vocabularies import load_vocabularies as load_helpline
from havn.vocabularies.api import load_public


def load_vocabularies() -> int:
    """Make or refresh the lists of all apps as this release has them. Returns how many terms they hold."""
    return load_public() + load_helpline()
