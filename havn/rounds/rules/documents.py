"""Which documents may be answers: told by their content, not by their name."""

import io
import zipfile

LARGEST = 5 * 1024 * 1024
_LARGEST_UNPACKED, _MOST_PARTS = 100 * 1024 * 1024, 2_000
_PACKED = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "xlsx": ("[Content_Types].xml", "xl/workbook.xml"),
    "odt": ("mimetype", "content.xml"),
}
_ODT = b"application/vnd.oasis.opendocument.text"
# Parts that run by themselves when the document is opened.
_RUNS = ("vbaproject.bin", "/activex/", "basic/", "scripts/")
# Parts that are pictures or other files. A document is words and numbers: pictures have no place here.
_CARRIED = ("/media/", "/pictures/", "/embeddings/", "/object ")


class NotTaken(Exception):
    """Why a document is not taken, as a word: "kind", "carried", or what `rules/pdfs.py` finds in a PDF."""


def kind_of(name: str, content: bytes) -> str:
    """pdf, docx, xlsx or odt when name and content agree. Raises NotTaken. What is in a PDF is looked at elsewhere."""
    ending = name.rpartition(".")[2].lower()
    if ending == "pdf" and content.startswith(b"%PDF-"):
        return "pdf"
    if ending not in _PACKED:
        raise NotTaken("kind")
    _check_packed(ending, content)
    return ending


def name_kept(name: str, kind: str) -> str:
    """A name without folders and letters that a header or a disk takes amiss, with the right ending."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    plain = "".join(letter for letter in stem if letter.isalnum() or letter in " -_()").strip() or "document"
    return f"{plain[:140]}.{kind}"


def _check_packed(ending: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise NotTaken("bomb")
            if any(mark in f"/{name}" for name in names for mark in (*_RUNS, *_CARRIED)):
                raise NotTaken("carried")
            if not all(part.lower() in names for part in _PACKED[ending]):
                raise NotTaken("kind")
            if ending == "odt" and packed.read("mimetype").strip() != _ODT:
                raise NotTaken("kind")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise NotTaken("kind") from None
