"""A page as a folder that works without a network: words, pictures, films, files and licence in one zip.

Everything in it is what everybody may read on the site. The zip is made in memory and passes the front door whole, so
it is bounded: a file that would make it too large is left out, and the pack says so and where to find it.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from havn.awareness.models import EditorialPage, PublishedFile, Rendition, ResourcePage
from havn.awareness.queries import visible_files
from havn.awareness.rules.licences import LICENCES
from havn.awareness.taking.paper import part_of
from havn.awareness.taking.printing import PRESS, content_of, key_of, printed_in_turn
from havn.common.clock import now
from havn.common.printing import CannotPrint
from havn.tenancy.models import Centre

MOST_BYTES = 64 * 1024 * 1024
STYLE = Path(__file__).parent.parent / "static" / "awareness" / "pack.css"
_ADDRESS = re.compile(r'\b(src|href)="([^"]*)"')
_PICTURE = re.compile(r"/media/([\w./-]+)")
_FILE = re.compile(r"(?:/[a-z]{2,3})?/files/(\d+)/[^/?#]+")
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass
class Members:
    """What goes into the pack beside its pages: by the address on the site, its name in the pack and its row."""

    centre: Centre
    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    left_out: list[PublishedFile] = field(default_factory=list)
    size: int = 0

    def name_of(self, address: str) -> str:
        """The name in the pack of what stands at a path of the site; "" for what is not in it."""
        if address not in self.names:
            self.names[address] = self._take(address)
        return self.names[address]

    def _take(self, address: str) -> str:
        if found := _PICTURE.fullmatch(address):
            picture = Rendition.objects.filter(file=found[1]).first()
            return self._room("pictures", picture) if picture else ""
        if found := _FILE.fullmatch(address):
            file = visible_files(self.centre).filter(pk=int(found[1][:15])).first()
            return self._room("files", file) if file else ""
        return ""

    def _room(self, folder: str, row: Any) -> str:
        """Its name, when there is room. The number in front keeps names apart, the rest any disk takes."""
        if not row.file.storage.exists(row.file.name):
            return ""
        if self.size + row.file.size > MOST_BYTES:
            if isinstance(row, PublishedFile) and row not in self.left_out:
                self.left_out.append(row)
            return ""
        name = f"{folder}/{row.pk}-{safe_name(Path(row.file.name).name)}"
        if name not in self.rows:
            self.size += row.file.size
            self.rows[name] = row
        return name


def packed(page: EditorialPage, request: HttpRequest) -> bytes:
    """The page's pack as a zip. Raises CannotPrint when others wait already."""
    return PRESS.made(key_of("pack", page, request), lambda: _made(page, request))


def safe_name(name: str) -> str:
    """A name that is one on every system and leads out of no folder."""
    plain = _SAFE.sub("-", name).strip(".-")
    return plain[-80:].lstrip(".-") or "file"


def _made(page: EditorialPage, request: HttpRequest) -> bytes:
    centre: Centre = request.centre  # type: ignore[attr-defined]
    members = Members(centre)
    content = io.BytesIO()
    with override(page.language):
        pages = _pages(page, request, members)
        pages["LICENCE.txt"] = _licence(page, request, members)
    pages["style.css"] = STYLE.read_text()
    when = (page.last_published_at or now()).timetuple()[:6]
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in pages.items():
            pack.writestr(zipfile.ZipInfo(name, when), text, zipfile.ZIP_DEFLATED)
        for name, row in members.rows.items():
            with row.file.open("rb") as source:
                # Films and pictures are small already.
                pack.writestr(zipfile.ZipInfo(name, when), source.read(), zipfile.ZIP_STORED)
        if paper := _paper(page, request):
            pack.writestr(zipfile.ZipInfo(f"{page.slug}.pdf", when), paper, zipfile.ZIP_STORED)
    return content.getvalue()


def _pages(page: EditorialPage, request: HttpRequest, members: Members) -> dict[str, str]:
    """The HTML of the pack by file name, with every address of the site changed to where it is in the pack."""
    context = {**content_of(page, request, paper=False, without=("lesson",)), "today": timezone.localdate()}
    names = ["index.html"]
    if isinstance(page, ResourcePage):
        context["lesson"], context["easy"] = part_of(page, "lesson"), part_of(page, "easy")
        names += [f"{name}.html" for name in ("lesson", "easy") if getattr(page, name)]
    found = {}
    # The first page comes last: it tells what was left out of all of them.
    for name in [*names[1:], names[0]]:
        template = f"awareness/pack_{name}"
        _rewritten(render_to_string(template, context), context["address"], members.name_of)
        context["left_out"] = [(one.title, urljoin(context["address"], one.url)) for one in members.left_out]
        found[name] = _rewritten(render_to_string(template, context), context["address"], members.name_of)
    return found


def _rewritten(html: str, address: str, name_of: Callable[[str], str]) -> str:
    """Addresses of this site become names in the pack where it has them, else whole addresses."""

    def change(found: "re.Match[str]") -> str:
        attribute, link = found[1], found[2]
        if not link.startswith("/"):
            return found[0]
        return f'{attribute}="{name_of(urlsplit(link).path) or urljoin(address, link)}"'

    return _ADDRESS.sub(change, html)


def _licence(page: EditorialPage, request: HttpRequest, members: Members) -> str:
    deed = LICENCES[page.licence].deed if isinstance(page, ResourcePage) else ""
    context = {
        **content_of(page, request, paper=False),
        "deed": deed,
        "pictures": _credits(members),
        "today": timezone.localdate(),
    }
    text = render_to_string("awareness/pack_licence.txt", context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _credits(members: Members) -> list[tuple[str, str]]:
    """Each picture of the pack with who made it."""
    pictures = [(name, row.image.credit) for name, row in members.rows.items() if isinstance(row, Rendition)]
    return [(name, credit) for name, credit in pictures if credit]


def _paper(page: EditorialPage, request: HttpRequest) -> bytes | None:
    """The PDF, where this server can make one just now."""
    try:
        return printed_in_turn(page, request)
    except CannotPrint:
        return None
