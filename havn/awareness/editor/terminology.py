"""Older terms in a page, each with where it stands."""

from dataclasses import dataclass

from havn.awareness.models import EditorialPage
from havn.awareness.rules.terminology import Found, older_terms, older_terms_in_html
from havn.awareness.sharing.streams import passages_of

_FIELDS = ("title", "summary", "picture_alternative", "search_description", "seo_title")


@dataclass(frozen=True)
class Warned:
    """One older term. `where` is the name of the field, and of the block within it."""

    where: str
    found: Found


def warnings_of(page: EditorialPage) -> list[Warned]:
    """Every older term that the page itself says, from its title to its last block."""
    plain = [
        Warned(str(page._meta.get_field(name).verbose_name).capitalize(), found)
        for name in _FIELDS
        for found in older_terms(getattr(page, name))
    ]
    streams = [
        Warned(one.where, found)
        for one in passages_of(page)
        for found in (older_terms_in_html(one.text) if one.is_html else older_terms(one.text))
    ]
    return plain + streams
