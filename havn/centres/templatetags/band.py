"""The band on our own pages."""

from django import template

from havn.centres.band import Band, band_in, helpline_path
from havn.common.language import reader_language

register = template.Library()


@register.simple_tag
def the_band() -> dict[str, Band | str]:
    """Its words in the page's language, and the address of its link."""
    return {"words": band_in(reader_language()), "address": helpline_path()}
