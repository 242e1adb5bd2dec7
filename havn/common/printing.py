"""HTML to a PDF that everybody can read: tagged, with language, title and bookmarks (PDF/UA-1).

Nothing is ever fetched from anywhere: a document gets the pictures that its maker hands over, and no others. One page
takes about a second of one core, so few are made at once (`Press`).
"""

import logging
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from PIL import ImageFile

from havn.common.errors import Refused

VARIANT = "pdf/ua-1"
_PRINTED = 4
"""The flag of ISO 32000-1, 12.5.3: shown on paper as on the screen."""
Give = Callable[[str], bytes | None]
"""The bytes of what stands at an address of this site (its path, unquoted), or None for what may not be printed."""


class CannotPrint(Refused):
    """No PDF can be made here, or none just now. `retry_after` is in seconds; 0 when waiting does not help."""

    status = 503

    def __init__(self, sentence: str, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


def give_nothing(path: str) -> bytes | None:
    """For documents whose pictures are all written into them (data:)."""
    return None


def pdf_of(html: str, *, styles: list[str], base: str = "", give: Give = give_nothing) -> bytes:
    """The PDF of a whole HTML document. Links are completed with `base`, the address that the document stands at.

    Call it outside of any transaction. Raises CannotPrint on a server without the parts that the library needs.
    """
    weasyprint = library()
    site = base.split("/", 3)
    ours = "/".join(site[:3]) + "/" if len(site) > 2 else ""

    class OnlyWhatIsGiven(weasyprint.urls.URLFetcher):  # type: ignore[misc,name-defined]
        """Data in the document, and what `give` hands over. Anything else is refused without a look at it."""

        def fetch(self, url: str, headers: object = None) -> object:
            if url.startswith("data:"):
                return super().fetch(url)
            found = give("/" + unquote(url.removeprefix(ours))) if ours and url.startswith(ours) else None
            if found is None:
                raise ValueError("not given")
            return weasyprint.urls.URLFetcherResponse(url, body=found)

    fetcher = OnlyWhatIsGiven(allowed_protocols=["data"], allow_redirects=False)
    sheets = [weasyprint.CSS(string=style, url_fetcher=fetcher) for style in styles]
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=base or None)
    content: bytes = document.write_pdf(stylesheets=sheets, pdf_variant=VARIANT, finisher=_finish)
    return content


def _finish(_document: Any, pdf: Any) -> None:
    """What the library leaves out: what each head of a table is the head of, and that links are printed too.

    ISO 14289-1, 7.5 and 7.18. A head is that of its row where there are cells beside it, else of its column.
    """
    for part in pdf.objects:
        if not isinstance(part, dict):
            continue
        if part.get("Type") == "/Annot":
            part.setdefault("F", _PRINTED)
        if part.get("S") == "/TR":
            cells = [pdf.objects[int(reference.split()[0])] for reference in part["K"]]
            scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
            for cell in cells:
                if cell["S"] == "/TH":
                    cell["A"]["Scope"] = scope


def library() -> Any:
    """WeasyPrint, imported when the first PDF is made: it costs 30 MB and half a second, and most never make one.

    Raises CannotPrint on a machine that lacks a part of it, or any font.
    """
    with warnings.catch_warnings():
        # Without HarfBuzz-Subset it takes fontTools, which comes with it.
        warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
        try:
            import weasyprint
            from weasyprint.text import ffi
        except OSError as error:
            raise _cannot() from error
    # It has Pillow take pictures that break off for all of this process, also those that people upload.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if not _has_a_font(ffi):
        raise _cannot()
    # It would write addresses of pictures into the log.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return weasyprint


def _has_a_font(ffi: Any) -> bool:
    """Whether any font is installed. Without one Pango ends the whole process, in the middle of the first letter."""
    found = ffi.fontconfig.FcInitLoadConfigAndFonts()
    try:
        fonts = ffi.fontconfig.FcConfigGetFonts(found, ffi.fontconfig.FcSetSystem)
        return bool(fonts != ffi.ffi.NULL and fonts.nfont)
    finally:
        ffi.fontconfig.FcConfigDestroy(found)


def _cannot() -> CannotPrint:
    return CannotPrint(_("This server cannot make PDF files yet. Print the page with your browser instead."))


class Press:
    """Makes costly files one after the other, and keeps the last ones in memory.

    Rendering holds the interpreter, so two at once finish no sooner than one after the other. `places` is how many
    people may be here at a time, the one whose file is being made included: the rest are asked to come back, so that
    there is always a thread left for pages. Who waits for a file that somebody else is making gets that one.
    """

    def __init__(self, *, places: int = 2, most: int = 20, most_bytes: int = 24 * 1024 * 1024) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._turn = threading.Lock()
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def made(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under this key, else what `make` makes. Raises CannotPrint when too many wait."""
        found = self._kept.get(key)
        if found is not None:
            return found
        with self._place(), self._turn:
            return self.made_in_turn(key, make)

    def made_in_turn(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The same inside of a `make`, which has the turn already."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            self._keep(key, found)
        return found

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise CannotPrint(_("Others are having theirs made just now. Try again in a few seconds."), retry_after=5)
        try:
            yield
        finally:
            self._places.release()

    def _keep(self, key: Hashable, content: bytes) -> None:
        # In turn, so that no other thread changes it; readers meet a whole answer or none.
        if len(content) > self._most_bytes // 4:
            return
        self._kept[key] = content
        while len(self._kept) > self._most or sum(map(len, self._kept.values())) > self._most_bytes:
            self._kept.popitem(last=False)
