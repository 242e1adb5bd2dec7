"""A chapter of a factsheet as HTML for a page, with those notes that it calls."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from havn.recommendations.composing import Choose, document_of, validated
from havn.recommendations.files.html_out import chapter_html, notes_html
from havn.recommendations.models import Chapter, Factsheet
from havn.recommendations.rules.factsheet.document import Document, every_block
from havn.recommendations.rules.factsheet.inline import calls


def chapter_page(factsheet: Factsheet, chapter: Chapter, choose: Choose = validated) -> str:
    """The chapter and its notes. All words are escaped; only marks of `files.html_out` are HTML."""
    document = document_of(factsheet, choose)
    text = next((one for one in document.chapters if one.number == chapter.number), None)
    if text is None:
        return ""
    called = {call for block in every_block(Document(chapters=(text,))) for call in calls(block.text)}
    with override(factsheet.language):
        notes = [note for note in document.notes if note.number in called]
        return chapter_html(text) + notes_html(notes, _("Notes"), _("Back to the text"))
