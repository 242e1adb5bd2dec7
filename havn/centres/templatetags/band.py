"""The band on our own pages."""

from django import template
from django.utils.translation import get_language

from havn.centres.band import Band, band_in, helpline_path

register = template.Library()


@register.simple_tag
def the_band() -> dict[str, Band | str]:
    """Its words in the page's language, and the address of its link."""
    return {"words": band_in(get_language() or "en"), "address": helpline_path()}
