"""Which sentences a child, or whoever else comes to a helpline's door, may see: those that Havn says in 28 languages.

Surveys and whatever form is answered belong to them, and what age checks are. Everything else of Havn (desk, editor,
directory, a centre's articles) speaks the languages that are whole.
"""

import re

import polib

_SOURCES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:helpline|letterbox|mailbox|handover|limits|quality|phone|supervision|centres|door)/"
        r"(?:templates/\w+/public_(?!band_about)\w+\.html|views/public_(?!band)\w+\.py|endpoints/\w+\.py|safety\w*\.py)$",
        r"(?:helpline|letterbox|mailbox|handover|limits)/(?:words_public|public_parts|forms_public|withdrawn|child)\.py$",
        r"(?:helpline|mailbox|handover|limits)/(?:words|letters)\.py$",
        r"helpline/(?:pages|readings|actions/visits)\.py$",
        r"letterbox/actions/consent\.py$",
        r"centres/(?:safety_texts|words)\.py$",
        r"centres/templates/centres/(?:door|emergency|safety)\w*\.html$",
        r"door/queries\.py$|directory/templates/directory/entry_link\.html$",
        r"common/templates/common/(?:base_public|aloud\w*|languages|left|quick_exit|refused|demo_banner)\.html$",
        r"config/(?:pages|trouble)\.py$|config/templates/config/trouble\.html$",
        r"live/(?!keeping)\w+\.py$",
        r"supervision/identity_texts\.py$",
        r"surveys/templates/surveys/(?:public_\w+|entry_door|promise|start|results|result_table|talk)\.html$",
        r"surveys/(?:words_public|pages)\.py$|surveys/views/public_\w+\.py$",
        r"forms/templates/forms/(?:public_age|entry_door|questions?|required|told|summary|choices|matrix|input|other|"
        r"basis|values)\.html$",
        r"forms/(?:words|condition_words|pages_age)\.py$|forms/rendering/fields\.py$|forms/views/public_\w+\.py$",
    )
)


def is_public(entry: polib.POEntry) -> bool:
    """Whether a sentence of the catalogue stands in a source that visitors see."""
    return any(pattern.match(path) for path, _line in entry.occurrences for pattern in _SOURCES)


def public_sentences(whole: polib.POFile) -> list[polib.POEntry]:
    """Those of a whole catalogue, in its order."""
    return [entry for entry in whole if not entry.obsolete and is_public(entry)]
