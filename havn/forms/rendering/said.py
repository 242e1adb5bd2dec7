"""A text of a form as HTML, marked with its language where that is not the reader's."""

from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from havn.forms.rules.definition import Definition, Labels


def said(definition: Definition, labels: Labels, language: str, *, lines: bool = False) -> SafeString:
    """The text, escaped; with `lines`, its paragraphs. Empty where there is none."""
    found = definition.said(labels, language)
    if not found.text:
        return SafeString("")
    text = mark_safe(linebreaks(found.text, autoescape=True)) if lines else escape(found.text)  # noqa: S308  (escaped)
    if found.language.split("-")[0] == language.split("-")[0]:
        return SafeString(text)
    tag = "div" if lines else "span"
    return format_html('<{} lang="{}">{}</{}>', SafeString(tag), found.language, text, SafeString(tag))
