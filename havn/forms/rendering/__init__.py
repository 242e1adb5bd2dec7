"""The questions of a form as HTML, to be answered or to be read. Without JavaScript everything is shown and works."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from havn.forms.rendering.conditions import for_browser
from havn.forms.rendering.fields import Sheet
from havn.forms.rendering.reading import Reading
from havn.forms.rules.answering import Checked
from havn.forms.rules.definition import Band, Definition

__all__ = ["Beside", "render", "render_answers"]

Beside = Mapping[str, SafeString]
"""What else stands with a question: safe HTML by its path ("trips.0.when"), its key, or the key of a section."""


def render(
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    language: str,
    prefix: str = "q",
    checked: Checked | None = None,
    beside: Beside | None = None,
    only: Collection[str] = (),
    errors_shown: bool = True,
    values_shown: bool = True,
    before: Mapping[str, Any] | None = None,
    year_before: Mapping[str, Any] | None = None,
) -> SafeString:
    """The fields of a form, without `<form>`, token and buttons, which are the caller's.

    `answers` may be raw, as `bind` gives them: what was typed is shown again. With `checked` its faults stand at their
    questions and, unless `errors_shown` is False, in a summary that links there; its computed values stand at the end.
    `only` limits to sections by key. `before` and `year_before` are what conditions may ask of earlier periods.
    The page needs `forms/forms.css` and, to show and hide at once, `forms/conditions.js`.
    """
    sheet = Sheet(definition, answers, language, prefix, checked, beside or {})
    sections = [sheet.section(one) for one in definition.sections if not only or one.key in only]
    context = {
        "sections": sections,
        "repeats": any(one.repeat for one in definition.sections),
        "errors": sheet.summary("error") if errors_shown else [],
        "warnings": sheet.summary("warning") if errors_shown else [],
        "values": sheet.values() if values_shown else [],
        "prefix": prefix,
        "conditions": for_browser(definition, prefix, {"before": before or {}, "year_before": year_before or {}}),
    }
    return SafeString(render_to_string("forms/questions.html", context))


def render_answers(
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    language: str,
    checked: Checked | None = None,
    beside: Beside | None = None,
    only: Collection[str] = (),
    values: Mapping[str, Any] | None = None,
    bands: Mapping[str, Band] | None = None,
    heading: str = "h2",
) -> SafeString:
    """Answers to be read, with what stands beside them. `checked` brings faults, values and bands, if there is one."""
    reading = Reading(definition, answers, language, checked, beside or {}, values or {}, bands or {})
    sections = [reading.section(one) for one in definition.sections if not only or one.key in only]
    context = {"sections": [one for one in sections if one], "values": reading.computed(), "heading": heading}
    return SafeString(render_to_string("forms/answers.html", context))
