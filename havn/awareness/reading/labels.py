"""What terms are called on pages: read once a second at most, since every page of a list names the same few."""

from havn.common.recent import Recent
from havn.vocabularies.api import Term, label_of, term_of

_terms: Recent[Term | None] = Recent()


def term(dimension: str, code: str) -> Term | None:
    """The term of a code, also one that holds no longer; None for a code that was never one."""
    key = (dimension, code)
    return _terms.known(key) or _terms.read(key, lambda: term_of(dimension, code))


def label(dimension: str, code: str, language: str) -> str:
    """What it is called in a language, or in the one there is; the code when nobody knows it."""
    found = term(dimension, code)
    return str(label_of(found, language)) if found else code
