"""Which documents may be answers: told by their content, not by their name."""

import io
import zipfile
import zlib

from havn.rounds.rules.parts import NotTaken, check_parts, without_small_picture

__all__ = ["LARGEST", "NotTaken", "as_kept", "kind_of", "name_kept"]

LARGEST = 5 * 1024 * 1024
_PACKED = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
    "odt": ("mimetype", "content.xml"),
}
_ODT = b"application/vnd.oasis.opendocument.text"


def kind_of(name: str, content: bytes) -> str:
    """pdf, docx, xlsx or odt when name and content agree. Raises NotTaken. What is in a PDF is looked at elsewhere."""
    ending = name.rpartition(".")[2].lower()
    if ending == "pdf" and content.startswith(b"%PDF-"):
        return "pdf"
    if ending not in _PACKED:
        raise NotTaken("kind")
    _check_packed(ending, content)
    return ending


def as_kept(kind: str, content: bytes) -> bytes:
    """A document that `kind_of` took, without the small picture of its first page that word processors add."""
    return content if kind == "pdf" else without_small_picture(content)


def name_kept(name: str, kind: str) -> str:
    """A name without folders and letters that a header or a disk takes amiss, with the right ending."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    plain = "".join(letter for letter in stem if letter.isalnum() or letter in " -_()").strip() or "document"
    return f"{plain[:140]}.{kind}"


def _check_packed(ending: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {part.filename.lower() for part in packed.infolist()}
            if not all(part.lower() in names for part in _PACKED[ending]):
                raise NotTaken("kind")
            if ending == "odt" and not _says_odt(packed):
                raise NotTaken("kind")
            check_parts(packed, odf=ending == "odt")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise NotTaken("kind") from None


def _says_odt(packed: zipfile.ZipFile) -> bool:
    # Its size first: whatever is longer is not unpacked.
    return packed.getinfo("mimetype").file_size <= len(_ODT) + 2 and packed.read("mimetype").strip() == _ODT
