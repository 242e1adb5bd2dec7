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


def kind_of(name: str, content: bytes) -> str | None:
    """pdf, docx, xlsx or odt when name and content agree and nothing in it runs by itself; None for all else."""
    ending = name.rpartition(".")[2].lower()
    if ending == "pdf":
        return "pdf" if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:] else None
    return ending if ending in _PACKED and _is_packed(ending, content) else None


def name_kept(name: str, kind: str) -> str:
    """A name without folders and letters that a header or a disk takes amiss, with the right ending."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    plain = "".join(letter for letter in stem if letter.isalnum() or letter in " -_()").strip() or "document"
    return f"{plain[:140]}.{kind}"


def _is_packed(ending: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                return False
            if any(mark in f"/{name}" if mark.startswith("/") else mark in name for name in names for mark in _RUNS):
                return False
            if not all(part.lower() in names for part in _PACKED[ending]):
                return False
            return ending != "odt" or packed.read("mimetype").strip() == _ODT
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return False
