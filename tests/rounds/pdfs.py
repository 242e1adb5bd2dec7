"""Small PDFs, harmless and otherwise, written with another hand than the one that looks at them."""

import io
import zlib
from collections.abc import Callable, Mapping
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Change = Callable[[Pdf], object]
PAGE = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
}
"""By hand: an empty page."""


@cache
def pdf(drawn: bytes = b"BT /F1 12 Tf 72 720 Td (A report) Tj ET") -> bytes:
    """One page of words."""
    return changed(lambda _book: None, drawn)


def changed(change: Change, drawn: bytes = b"BT (A report) Tj ET", **saving: object) -> bytes:
    """One page, changed before it is saved. `drawn`: what stands on the page."""
    book = pikepdf.new()
    book.add_blank_page()
    book.pages[0].Contents = book.make_stream(drawn)
    change(book)
    file = io.BytesIO()
    book.save(file, **{"object_stream_mode": pikepdf.ObjectStreamMode.generate, **saving})  # type: ignore[arg-type]
    return file.getvalue()


def opening(action: Callable[[], pikepdf.Object]) -> Change:
    """Something that happens when it is opened."""
    return lambda book: book.Root.__setattr__("OpenAction", book.make_indirect(action()))


def acting(action: Callable[[], pikepdf.Object]) -> Change:
    """Something that happens when its page is shown."""
    return lambda book: book.pages[0].obj.__setattr__("AA", Dictionary(O=action()))


def linked(action: Callable[[], pikepdf.Object]) -> Change:
    """Something that happens when somebody presses on the page."""
    return lambda book: book.pages[0].obj.__setattr__(
        "Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=4, A=action())])
    )


def cut(*pieces: bytes) -> Change:
    """What stands on the page, cut into streams."""
    return lambda book: book.pages[0].obj.__setattr__("Contents", Array([book.make_stream(one) for one in pieces]))


def form(drawn: bytes) -> Change:
    """A piece that pages draw."""

    def change(book: Pdf) -> None:
        one = Stream(book, drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        book.pages[0].Resources = Dictionary(XObject=Dictionary(Fm0=book.make_indirect(one)))

    return change


def script(book: Pdf) -> None:
    """A script under a name, in an object that is packed."""
    action = book.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    book.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", action])))


def picture(**kind: object) -> Change:
    """A picture on the page."""

    def change(book: Pdf) -> None:
        image = Stream(book, b"\0" * 12, Type=Name.XObject, Width=2, Height=2, BitsPerComponent=8, **kind)
        book.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=book.make_indirect(image)))

    return change


def carried(book: Pdf) -> None:
    """Another file in it."""
    book.attachments["a.exe"] = b"MZ"


def bomb(size: int) -> bytes:
    """A page that unpacks to so many bytes."""
    return raw({**PAGE, 4: stream(zeros(size))})


def many_objects(count: int) -> bytes:
    """So many objects, packed: a few bytes each."""
    return changed(
        lambda book: book.Root.__setattr__("Many", Array([book.make_indirect(Dictionary()) for _ in range(count)]))
    )


def zeros(size: int) -> bytes:
    """So many spaces, packed piece by piece: nothing of the size is ever in memory."""
    packer = zlib.compressobj(9)
    piece = b" " * 1_000_000
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A packed stream as it stands in the file."""
    return b"<< %s/Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (more, len(content), content)


def raw(objects: Mapping[int, bytes], before_end: bytes = b"") -> bytes:
    """A file of these objects, by hand."""
    written, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in objects.items():
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, lines)
    written += b"trailer << /Size %d /Root 1 0 R >>\n%sstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, before_end, start)
    return bytes(written)
