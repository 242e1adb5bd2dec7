"""`{% reader_language as language %}`: the code of the page's language, for `lang` and addresses."""

from django import template

from havn.common.language import reader_language

register = template.Library()
register.simple_tag(reader_language)
