"""What is in a PDF: told by its objects, also packed and encrypted ones, and by its bytes.

Run as a program of its own (`havn/rounds/looking.py`), because a PDF may be made to take all memory and time: it reads
the PDF from its input, says one word, and sets its own bounds first. It imports nothing of Havn.
"""

import io
import re
import resource
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

SECONDS, MEMORY = 8, 1024 * 1024 * 1024
MOST_OBJECTS, LARGEST_STREAM, LARGEST_UNPACKED = 60_000, 16 * 1024 * 1024, 48 * 1024 * 1024
ENDS_WITHIN = 2048
"""So many bytes before the end of the file its last line stands."""

# A comment may hold half a string, and a string a percent sign: whichever begins first ends first.
_UNSAID = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]+>|%[^\r\n]*|\0", re.DOTALL)
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]+>", re.DOTALL)
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
# What is asked for by opening or turning a page (AA), and what leads to another file, beside scripts.
_PROGRAM = (
    "JavaScript", "JS", "Launch", "SubmitForm", "ImportData", "AA", "GoToR", "GoToE", "Thread", "XFA", "XFAResources",
)  # fmt: skip
_CARRIED = (
    "EmbeddedFile", "EmbeddedFiles", "EF", "Collection", "RichMedia", "RichMediaExecute", "Movie", "Sound", "3D",
    "Rendition",
)  # fmt: skip
_PICTURE = ("DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode")
# ISO 32000-1, 8.9.7: a picture between operators, its names long or short.
_INLINE = re.compile(rb"(?<![^\s\]>)])BI[\s/].{0,99999}?/(?:W|Width|H|Height)\b.{0,99999}?[\s\])>]ID\s", re.DOTALL)
_FILES = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff\xe0..JFIF|\xff\xd8\xff\xe1..Exif|GIF8[79]a", re.DOTALL)


class Found(Exception):
    """What was found: "program", "carried", "picture", "locked", "bomb" or "unreadable"."""


def fault_in(content: bytes) -> str:
    """What keeps a PDF from being taken, as one word; "" when nothing does. Within no bounds of time: see `main`."""
    try:
        _bytes(content)
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            _objects(pdf)
    except Found as found:
        return str(found)
    except pikepdf.PasswordError:
        return "locked"
    except (MemoryError, RecursionError):
        return "bomb"
    except Exception as broken:  # whatever a file does to its reader
        return "bomb" if "limit exceeded" in str(broken) else "unreadable"
    return ""


def _bytes(content: bytes) -> None:
    """What is seen without a reader, in what an earlier saving left behind too."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-ENDS_WITHIN:]:
        raise Found("unreadable")
    plain = _CODED.sub(lambda code: bytes([int(code[1], 16)]), content)
    if _FILES.search(content) or re.search(rb"/Subtype\s*/Image(?![A-Za-z])", plain) or _has(plain, _PICTURE):
        raise Found("picture")


def _objects(pdf: pikepdf.Pdf) -> None:
    _opens(pdf.Root.get(Name.OpenAction))
    unpacked = 0
    for number, one in enumerate(pdf.objects):
        if number >= MOST_OBJECTS:
            raise Found("bomb")
        _names(one)
        if isinstance(one, Stream):
            unpacked += _stream(one)
        elif isinstance(one, Dictionary):
            for letter in _letters(one):
                _drawn(letter, sure=True)
        if unpacked > LARGEST_UNPACKED:
            raise Found("bomb")
    for page in pdf.pages:
        # As it is shown: in one piece, however many streams it is cut into.
        _drawn(page, sure=True)


def _opens(action: Object | None) -> None:
    """What happens on opening may show a page, as word processors write it, and nothing else."""
    if action is None or isinstance(action, Array):
        return
    if not isinstance(action, Dictionary) or action.get(Name.S) != Name.GoTo or Name.Next in action:
        raise Found("program")


def _names(one: Object) -> None:
    said = (one.stream_dict if isinstance(one, Stream) else one).unparse(resolved=True)
    plain = _CODED.sub(lambda code: bytes([int(code[1], 16)]), _STRING.sub(b"()", said))
    for names, found in ((_PROGRAM, "program"), (_CARRIED, "carried"), (_PICTURE, "picture")):
        if _has(plain, names):
            raise Found(found)


def _stream(one: Stream) -> int:
    """How long it is unpacked. Raises Found for a picture, and for one that stands in another file."""
    if one.get(Name.Subtype) == Name.Image or (Name.Width in one and Name.Height in one):
        raise Found("picture")
    if Name.F in one:
        raise Found("carried")
    # Whatever it says that it is: any stream may be drawn by a page.
    drawn = one.read_bytes()
    plain = _CODED.sub(lambda code: bytes([int(code[1], 16)]), _UNSAID.sub(b" ", drawn))
    if _INLINE.search(_STRING.sub(b"()", drawn)) or _INLINE.search(plain) or _FILES.search(drawn):
        raise Found("picture")
    _drawn(one, sure=one.get(Name.Subtype) == Name.Form or Name.PatternType in one)
    return len(drawn)


def _letters(font: Dictionary) -> list[Object]:
    """The letters of a font that are drawn as pages are (Type 3)."""
    letters = font.get(Name.CharProcs)
    return [one for _name, one in letters.items()] if isinstance(letters, Dictionary) else []


def _drawn(one: Object | pikepdf.Page, *, sure: bool) -> None:
    """Raises Found for a picture between operators, and where what is drawn for `sure` can't be read as operators."""
    try:
        found = pikepdf.parse_content_stream(one, "BI ID EI")
    except Exception as broken:  # fonts and maps are no operators
        if sure:
            raise Found("unreadable") from broken
        return
    if any(str(each.operator) == "INLINE IMAGE" for each in found):
        raise Found("picture")


def _has(plain: bytes, names: tuple[str, ...]) -> bool:
    return re.search(rb"/(?:" + "|".join(names).encode() + rb")(?![A-Za-z0-9_.-])", plain) is not None


def main() -> None:
    """Look at the PDF that is given as input, and say what is wrong with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LARGEST_STREAM, png_max_memory=LARGEST_STREAM, run_length_max_memory=LARGEST_STREAM,
        tiff_max_memory=LARGEST_STREAM, max_stream_filters=4, parser_max_nesting=100, doc_max_warnings=100,
    )  # fmt: skip
    sys.stdout.write(fault_in(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
