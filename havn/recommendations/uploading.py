"""A file of a person as Markdown, or a sentence that says why it cannot be read. Nothing of it is stored."""

import unicodedata

from django.utils.translation import gettext as _

from havn.common.errors import Refused
from havn.recommendations.files import docx_in, html_in
from havn.recommendations.rules.factsheet.markdown import LONGEST, LONGEST_LINE, MOST_LINES
from havn.recommendations.words import too_long

LARGEST = 3 * 1024 * 1024
ENDINGS = (".md", ".markdown", ".txt", ".html", ".htm", ".docx")
_SPACES = "\n\r\t"
_NEVER = {"\ufffe", "\uffff"}


def markdown_of_file(name: str, content: bytes) -> str:
    """The text of an uploaded file by the ending of its name. Refused for what is no text of a factsheet."""
    if len(content) > LARGEST:
        raise Refused(_("This file is larger than 3 MB. A factsheet is a text: save it without pictures."))
    ending = name.lower().rpartition(".")[2]
    if f".{ending}" not in ENDINGS:
        raise Refused(_("Choose a file that ends with .md, .html or .docx."))
    if ending == "docx":
        return checked(_from_word(content))
    text = _decoded(content)
    return checked(html_in.markdown_of(text) if ending in {"html", "htm"} else text)


def checked(text: str) -> str:
    """The text with one kind of line end. Refused when it is empty, too long, or has characters that no text has."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if not text.strip():
        raise Refused(_("There is no text in this file."))
    if len(text) > LONGEST or text.count("\n") > MOST_LINES:
        raise Refused(too_long())
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise Refused(_("Line %(number)s is longer than any line of a factsheet.") % {"number": number})
    if any(_is_strange(letter) for letter in set(text)):
        raise Refused(_("This file has characters that are not text. Save it again as text, HTML or Word."))
    return text


def _is_strange(letter: str) -> bool:
    return letter in _NEVER or (unicodedata.category(letter) in {"Cc", "Cs"} and letter not in _SPACES)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(_("This file is not written in UTF-8. Save it again in that encoding.")) from error


def _from_word(content: bytes) -> str:
    try:
        return docx_in.markdown_of(content)
    except docx_in.NotWord as error:
        raise Refused(_("This is not a Word file that can be read. Save it again as .docx.")) from error
