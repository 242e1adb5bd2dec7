"""What is in a packed document (DOCX, XLSX, ODT), part by part: words, and nothing that is loaded or runs.

A folder is called as its writer likes: what counts is a part's ending, its first bytes, and what points to it.
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

_LARGEST_UNPACKED, _MOST_PARTS, _LARGEST_BESIDE = 48 * 1024 * 1024, 2_000, 256 * 1024
_XML = (".xml", ".rels", ".rdf", ".vml")
# What Excel notes of a printer, and LibreOffice of its pages; nothing shows them.
_BESIDE = re.compile(r"mimetype|layout-cache|xl/printersettings/printersettings\d{0,4}\.bin")
SMALL_PICTURE = re.compile(r"thumbnails/thumbnail\.png|docprops/thumbnail\.(?:jpe?g|png|emf|wmf)", re.IGNORECASE)
"""A picture of the first page for lists of files, which LibreOffice writes unasked."""

_FOLDERS = ("vbaproject", "/activex/", "/basic/", "/scripts/", "/media/", "/pictures/", "/embeddings/", "/object ")
_BEGINS = (b"MZ", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF", b"\x7fELF", b"BM", b"RIFF", b"II*\0", b"MM\0*")
_FILES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xc0-\xfe]|GIF8[79]a")
# ISO 29500: the relationship, not the folder, says what a part is.
_RELATED = frozenset({
    "image", "oleobject", "package", "vbaproject", "wordvbadata", "afchunk", "control", "activexcontrolbinary",
    "attachedtemplate", "subdocument", "attachedtoolbars", "video", "audio", "media", "frame",
})  # fmt: skip
# A picture that is read through the number of an ordinary link.
_LINKED = re.compile(rb"<(?:[^\s<>/:]+:)?(?:blip|imagedata)(?=\s)[^<]*?\s[^\s<=:]+:(?:link|href|embed|id)\s*=")
# ODF 1.3, part 3.
_ODF_CARRIED = frozenset({
    "image", "object", "object-ole", "plugin", "applet", "floating-frame", "binary-data", "event-listener",
    "dde-source", "dde-connection-decl", "section-source",
})  # fmt: skip
_ODF_LINKS = frozenset({"a", "form", "template"})
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]+:)?(?://|\\\\)(?!/)", re.IGNORECASE)

Seen = Callable[[str, dict[str, str]], None]


class NotTaken(Exception):
    """Why a document is not taken, as a word: "kind", "carried", "outside", "bomb", or what `rules/pdfs.py` finds."""


def check_parts(packed: zipfile.ZipFile, *, odf: bool) -> None:
    """Raises NotTaken for parts that are no words, or that load something from elsewhere."""
    parts = packed.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise NotTaken("bomb")
    if len({part.filename.lower() for part in parts}) < len(parts):
        # Which of two a reader takes is its own choice.
        raise NotTaken("kind")
    for part in parts:
        name = part.filename.lower()
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotTaken("kind")
        if any(folder in f"/{name}" for folder in _FOLDERS):
            raise NotTaken("carried")
        if not part.is_dir() and not SMALL_PICTURE.fullmatch(name):
            _check_part(name, packed.read(part), odf=odf)
        elif part.is_dir() and part.file_size:
            raise NotTaken("carried")


def without_small_picture(content: bytes) -> bytes:
    """A checked document with its picture for lists of files emptied: whatever it showed is not kept."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if not any(SMALL_PICTURE.fullmatch(part.filename) for part in parts):
            return content
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as emptied:
            for part in parts:
                inside = b"" if SMALL_PICTURE.fullmatch(part.filename) else packed.read(part)
                # In the same order, packed as before: ODF wants its first part plain.
                emptied.writestr(part.filename, inside, compress_type=part.compress_type)
    return written.getvalue()


def _check_part(name: str, inside: bytes, *, odf: bool) -> None:
    is_xml = name.endswith(_XML)
    if not is_xml and (not _BESIDE.fullmatch(name) or len(inside) > _LARGEST_BESIDE):
        raise NotTaken("carried")
    if inside.startswith(_BEGINS) or _FILES.search(inside):
        raise NotTaken("carried")
    if not is_xml or not inside:
        return
    text = inside.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<") or b"\0" in text:
        raise NotTaken("kind")
    if odf:
        _read(inside, _in_odf)
    elif name.endswith(".rels"):
        _read(inside, _in_relationships)
    elif _LINKED.search(inside):
        raise NotTaken("carried")


def _read(inside: bytes, seen: Seen) -> None:
    """Show every element to `seen`: its name without its namespace, and its attributes without theirs."""

    def begun(name: str, attributes: dict[str, str]) -> None:
        seen(_bare(name), {_bare(key): value for key, value in attributes.items()})

    def declared(*_told: object) -> None:
        raise NotTaken("kind")

    reader = expat.ParserCreate("utf-8", namespace_separator=" ")
    reader.StartElementHandler = begun
    reader.EntityDeclHandler = declared
    try:
        reader.Parse(inside, True)
    except expat.ExpatError:
        raise NotTaken("kind") from None


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


def _in_relationships(name: str, attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2].lower()
    outside = attributes.get("TargetMode", "").strip().lower() == "external"
    if outside and kind != "hyperlink":
        raise NotTaken("outside")
    if kind in _RELATED:
        raise NotTaken("carried")


def _in_odf(name: str, attributes: dict[str, str]) -> None:
    if name in _ODF_CARRIED:
        raise NotTaken("carried")
    target = attributes.get("href", "").strip()
    if target and (name not in _ODF_LINKS or (name == "template" and _ELSEWHERE.match(target))):
        raise NotTaken("outside")
