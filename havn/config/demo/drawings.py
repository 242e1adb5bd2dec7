"""Line drawings and worksheets that the demo's pages name, made when they are first needed."""

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.models import Collection

from havn.awareness.models import CentreSite, Picture, PublishedFile
from havn.tenancy.models import Centre

SIZE = 480
INK, WATER, LAMP, PAPER = "#0e2f3b", "#146c7c", "#f3b43f", "#ffffff"
WIDE = 14
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Drawing:
    """One of `DRAWINGS` by its name, where a page wants a picture."""

    name: str


@dataclass(frozen=True)
class Paper:
    """A worksheet that any word processor opens, where a page wants a file."""

    name: str
    title: str
    language: str
    lines: tuple[str, ...]


def with_files(value: Any, centre: Centre) -> Any:
    """The same value with a picture for every drawing and a file for every paper in it."""
    if isinstance(value, Drawing):
        return _picture(value, centre)
    if isinstance(value, Paper):
        return _file(value, centre)
    if isinstance(value, dict):
        return {key: with_files(one, centre) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(with_files(one, centre) for one in value)
    return value


def _room(centre: Centre) -> Collection:
    room: Collection = CentreSite.objects.select_related("collection").get(centre=centre).collection
    return room


def _picture(drawing: Drawing, centre: Centre) -> Picture:
    title, room = f"Drawing: {drawing.name}", _room(centre)
    there: Picture | None = Picture.objects.filter(title=title, collection=room).first()
    if there is not None:
        return there
    file = ImageFile(io.BytesIO(png_of(drawing.name)), name=f"{centre.slug}-{drawing.name}.png")
    picture: Picture = Picture.objects.create(title=title, collection=room, file=file)
    return picture


def _file(paper: Paper, centre: Centre) -> PublishedFile:
    file = PublishedFile(title=paper.title, language=paper.language, collection=_room(centre))
    file.file.save(f"{paper.name}.rtf", ContentFile(rtf_of(paper)))
    return file


def rtf_of(paper: Paper) -> bytes:
    """The worksheet as Rich Text Format 1.9: a title, then lines with room to write between them."""
    lines = [
        r"{\b\fs36 " + _escaped(paper.title) + r"\par}",
        *(_escaped(line) + r"\par\par\par" for line in paper.lines),
    ]
    return (r"{\rtf1\ansi\uc1\fs28 " + "\n".join(lines) + "}").encode("ascii")


def _escaped(text: str) -> str:
    return "".join(one if one.isascii() and one not in "\\{}" else f"\\u{ord(one)}?" for one in text)


def png_of(name: str) -> bytes:
    """A drawing, smooth at twice its size."""
    image = Image.new("RGB", (SIZE, SIZE), PAPER)
    DRAWINGS[name](ImageDraw.Draw(image))
    body = io.BytesIO()
    image.quantize(32).save(body, "PNG", optimize=True)
    return body.getvalue()


def _line(pen: Pen, *points: tuple[float, float], fill: str = INK, width: int = WIDE) -> None:
    pen.line(points, fill=fill, width=width, joint="curve")
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=fill)


def _ring(pen: Pen, x: float, y: float, radius: float, fill: str | None = None, outline: str = INK) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill, outline=outline, width=WIDE)


def _box(pen: Pen, left: int, top: int, right: int, bottom: int, fill: str | None = None) -> None:
    pen.rounded_rectangle((left, top, right, bottom), radius=36, fill=fill, outline=INK, width=WIDE)


def _person(pen: Pen, x: int, top: int, height: int, fill: str | None = None) -> None:
    head = height * 0.17
    _ring(pen, x, top + head, head, fill)
    hip, feet = top + height * 0.68, top + height
    _line(pen, (x, top + 2 * head), (x, hip))
    _line(pen, (x - height * 0.18, feet), (x, hip), (x + height * 0.18, feet))
    _line(
        pen,
        (x - height * 0.22, top + height * 0.55),
        (x, top + height * 0.44),
        (x + height * 0.22, top + height * 0.55),
    )


def _phone(pen: Pen) -> None:
    _box(pen, 140, 50, 340, 430)
    _line(pen, (215, 90), (265, 90))
    _ring(pen, 240, 240, 48, LAMP)
    _line(pen, (185, 345), (295, 345), fill=WATER)


def _picture_of_somebody(pen: Pen) -> None:
    _box(pen, 60, 90, 420, 390)
    _ring(pen, 240, 205, 52, LAMP)
    pen.arc((130, 275, 350, 475), 200, 340, fill=INK, width=WIDE)


def _stop(pen: Pen) -> None:
    corners = [
        (240 + 185 * math.cos(math.radians(45 * n + 22.5)), 240 + 185 * math.sin(math.radians(45 * n + 22.5)))
        for n in range(8)
    ]
    pen.polygon(corners, fill=LAMP)
    _line(pen, *corners, corners[0])
    for x, top in ((180, 190), (220, 160), (260, 160), (300, 190)):
        _line(pen, (x, top), (x, 270))
    pen.arc((170, 200, 310, 360), 0, 180, fill=INK, width=WIDE)
    _line(pen, (175, 270), (140, 235))


def _talk(pen: Pen) -> None:
    _person(pen, 130, 190, 230)
    _person(pen, 350, 130, 290)
    _box(pen, 150, 40, 330, 130, LAMP)
    _line(pen, (195, 85), (285, 85))


def _lock(pen: Pen) -> None:
    pen.arc((155, 70, 325, 300), 180, 360, fill=INK, width=WIDE)
    _line(pen, (162, 185), (162, 230))
    _line(pen, (318, 185), (318, 230))
    _box(pen, 110, 220, 370, 420, LAMP)
    _ring(pen, 240, 305, 22, INK)
    _line(pen, (240, 305), (240, 365))


def _heart(pen: Pen) -> None:
    points = []
    for step in range(0, 361, 4):
        turn = math.radians(step)
        x = 16 * math.sin(turn) ** 3
        y = 13 * math.cos(turn) - 5 * math.cos(2 * turn) - 2 * math.cos(3 * turn) - math.cos(4 * turn)
        points.append((240 + x * 10.5, 225 - y * 10.5))
    pen.polygon(points, fill=LAMP)
    _line(pen, *points)


def _eye(pen: Pen) -> None:
    pen.arc((60, 120, 420, 480), 199, 341, fill=INK, width=WIDE)
    pen.arc((60, 0, 420, 360), 19, 161, fill=INK, width=WIDE)
    _ring(pen, 240, 240, 62, LAMP)
    _ring(pen, 240, 240, 18, INK)


def _magnifier(pen: Pen) -> None:
    _ring(pen, 205, 205, 125, LAMP)
    _line(pen, (298, 298), (405, 405), width=26)
    _line(pen, (150, 205), (185, 240), (262, 165), fill=WATER)


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "phone": _phone,
    "picture": _picture_of_somebody,
    "stop": _stop,
    "talk": _talk,
    "lock": _lock,
    "heart": _heart,
    "eye": _eye,
    "magnifier": _magnifier,
}
