"""Which documents may be answers: told by their content, not by their name."""

import io
import re
import zipfile
import zlib
from itertools import islice

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
_PDF_RUNS = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_LARGEST_STREAM, _MOST_STREAMS = 4 * 1024 * 1024, 2_000


def kind_of(name: str, content: bytes) -> str | None:
    """pdf, docx, xlsx or odt when name and content agree; None for all else, and when something in it runs."""
    ending = name.rpartition(".")[2].lower()
    if ending == "pdf":
        return "pdf" if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] and _is_still(content) else None
    return ending if ending in _PACKED and _is_packed(ending, content) else None


def name_kept(name: str, kind: str) -> str:
    """A name without folders and letters that a header or a disk takes amiss, with the right ending."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    plain = "".join(letter for letter in stem if letter.isalnum() or letter in " -_()").strip() or "document"
    return f"{plain[:140]}.{kind}"


def _is_still(pdf: bytes) -> bool:
    """Whether no program and no other file is in it, in packed objects neither.

    What opens a page at once (/OpenAction) is allowed: word processors write it, and without a program it only scrolls.
    """
    streams = list(islice(re.finditer(rb"/ObjStm\b.{0,400}?stream\r?\n", pdf, re.DOTALL), _MOST_STREAMS + 1))
    if len(streams) > _MOST_STREAMS:
        return False
    for found in streams:
        try:
            packed = zlib.decompressobj().decompress(pdf[found.end() :], _LARGEST_STREAM)
        except zlib.error:
            continue
        if _names_a_program(packed):
            return False
    return not _names_a_program(pdf)


def _names_a_program(part: bytes) -> bool:
    """Names may be written with #-codes for their letters (ISO 32000-1, 7.3.5)."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), part)
    return any(re.search(re.escape(name) + rb"(?![A-Za-z0-9])", plain) for name in _PDF_RUNS)


def _is_packed(ending: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                return False
            if any(mark in f"/{name}" for name in names for mark in (*_RUNS, *_CARRIED)):
                return False
            if not all(part.lower() in names for part in _PACKED[ending]):
                return False
            return ending != "odt" or packed.read("mimetype").strip() == _ODT
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return False
