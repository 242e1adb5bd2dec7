"""Reading a centre's description from a JSON file. Whatever does not fit is refused with its place and a sentence."""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from havn.centres.models import CentreTexts, Channel
from havn.common.errors import Refused
from havn.config.centre.facts import EVERY_DAY, WEEKDAYS, CentreFacts, OrganisationFacts, Point, ServiceFacts
from havn.tenancy.models import Service

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAYS: Mapping[str, Sequence[int]] = {"every day": EVERY_DAY, "weekdays": WEEKDAYS}
_TEXTS = frozenset(field.name for field in CentreTexts._meta.fields) - {"centre", "checked_on"}

EXAMPLE = """{
  "slug": "norway",
  "country": "NO",
  "name": "Norwegian Safer Internet Centre",
  "zone": "Europe/Oslo",
  "languages": ["nb", "en"],
  "hosts": ["help.example.org"],
  "emergency_number": "112",
  "neutral_site": "https://www.wikipedia.org/",
  "texts": {
    "controller": "The organisation that answers for the data",
    "complaint_name": "The data protection authority",
    "complaint_url": "https://authority.example.org/",
    "feedback_email": "access@example.org"
  },
  "organisations": [
    {
      "slug": "red-cross",
      "name": "A Red Cross society",
      "names": {"nb": "Et Røde Kors"},
      "website": "https://redcross.example.org/",
      "services": [
        {
          "slug": "helpline",
          "kind": "helpline",
          "name": "The helpline",
          "audience": "children",
          "needs_staff": true,
          "points": [
            {
              "channel": "chat",
              "hours": {"days": "every day", "from": "14:00", "to": "22:00"},
              "holiday_hours": {"from": "16:00", "to": "22:00"},
              "stop_admitting": 45
            },
            {"channel": "phone", "number": "116 111", "hours": {"days": "weekdays", "from": "14:00", "to": "22:00"}},
            {"channel": "letter", "always": true}
          ]
        }
      ]
    }
  ]
}"""


def read_centre(path: Path) -> CentreFacts:
    """The description in a file. Raises Refused with a sentence that names the place."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise Refused(f"{path} is not JSON: {error}.") from error
    return _centre(_Part(found, "the file"))


class _Part:
    """One object of the file, and where it stands. Remembers what was asked for, so that a slip of the pen is told."""

    def __init__(self, value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise Refused(f"There should be an object in {place}.")
        self._value, self.place, self._known = value, place, set[str]()

    def text(self, name: str, default: str | None = None) -> str:
        value = self._take(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise Refused(f"“{name}” in {self.place} should be words.")
        return value

    def one_of(self, name: str, known: Sequence[str]) -> str:
        value = self.text(name)
        if value not in known:
            raise Refused(f"“{name}” in {self.place} should be one of: {', '.join(known)}.")
        return value

    def slug(self) -> str:
        value = self.text("slug")
        if not _SLUG.fullmatch(value):
            raise Refused(f"“slug” in {self.place} should be small letters, digits and hyphens, such as red-cross.")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        value = self._take(name, None)
        if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
            raise Refused(f"“{name}” in {self.place} should be a list of words.")
        return tuple(value)

    def parts(self, name: str) -> list["_Part"]:
        value = self._take(name, None)
        if not isinstance(value, list):
            raise Refused(f"“{name}” in {self.place} should be a list.")
        return [_Part(one, f"{name} number {number} of {self.place}") for number, one in enumerate(value, 1)]

    def part(self, name: str) -> "_Part | None":
        value = self._take(name, {})
        return _Part(value, f"“{name}” in {self.place}") if value else None

    def yes(self, name: str) -> bool:
        value = self._take(name, False)
        if not isinstance(value, bool):
            raise Refused(f"“{name}” in {self.place} should be true or false.")
        return value

    def minutes(self, name: str) -> int:
        value = self._take(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 24 * 60:
            raise Refused(f"“{name}” in {self.place} should be a number of minutes.")
        return value

    def time(self, name: str) -> str:
        value = self.text(name)
        try:
            dt.time.fromisoformat(value)
        except ValueError as error:
            raise Refused(f"“{name}” in {self.place} should be a time such as 14:00.") from error
        return value

    def all_words(self, known: frozenset[str] | None = None) -> dict[str, str]:
        for name in self._value:
            if known is not None and name not in known:
                raise Refused(f"“{name}” in {self.place} is not known. Known are: {', '.join(sorted(known))}.")
        return {name: self.text(name, "") for name in list(self._value)}

    def done(self) -> None:
        """Everything has been read: whatever else stands here is a slip."""
        if unknown := sorted(set(self._value) - self._known):
            raise Refused(f"“{unknown[0]}” in {self.place} is not known.")

    def _take(self, name: str, default: Any) -> Any:
        self._known.add(name)
        if name not in self._value and default is None:
            raise Refused(f"“{name}” is missing in {self.place}.")
        return self._value.get(name, default)


def _centre(part: _Part) -> CentreFacts:
    texts = part.part("texts")
    facts = CentreFacts(
        slug=part.slug(),
        country=part.text("country").upper(),
        name=part.text("name"),
        zone=_zone(part),
        languages=part.words("languages"),
        hosts=tuple(host.lower() for host in part.words("hosts")),
        texts=texts.all_words(_TEXTS) if texts else {},
        organisations=tuple(_organisation(one) for one in part.parts("organisations")),
        emergency_number=part.text("emergency_number", "112"),
        neutral_site=part.text("neutral_site", "https://www.wikipedia.org/"),
        names=_names(part),
    )
    if len(facts.country) != 2:
        raise Refused("“country” should be the two letters of the country, such as NO.")
    part.done()
    return facts


def _names(part: _Part) -> dict[str, str]:
    """What it is called in some languages, where that is not its name."""
    names = part.part("names")
    return names.all_words(frozenset(code for code, _name in settings.LANGUAGES)) if names else {}


def _zone(part: _Part) -> str:
    zone = part.text("zone")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(f"“zone” in {part.place} should be a time zone such as Europe/Oslo.") from error
    return zone


def _organisation(part: _Part) -> OrganisationFacts:
    facts = OrganisationFacts(
        slug=part.slug(),
        name=part.text("name"),
        website=part.text("website", ""),
        services=tuple(_service(one) for one in part.parts("services")),
        names=_names(part),
    )
    part.done()
    return facts


def _service(part: _Part) -> ServiceFacts:
    facts = ServiceFacts(
        slug=part.slug(),
        kind=part.one_of("kind", Service.Kind.values),
        name=part.text("name"),
        audience=part.one_of("audience", Service.Audience.values),
        points=tuple(_point(one) for one in part.parts("points")),
        needs_staff=part.yes("needs_staff"),
        names=_names(part),
    )
    part.done()
    return facts


def _point(part: _Part) -> Point:
    note, hours, holiday = part.part("note"), part.part("hours"), part.part("holiday_hours")
    point = Point(
        channel=part.one_of("channel", Channel.values),
        number=part.text("number", ""),
        email=part.text("email", ""),
        url=part.text("url", ""),
        label=part.text("label", ""),
        note=note.all_words() if note else {},
        emergency=part.yes("emergency"),
        always=part.yes("always"),
        hours=(_days(hours), hours.time("from"), hours.time("to")) if hours else None,
        holiday_hours=(holiday.time("from"), holiday.time("to")) if holiday else None,
        stop_admitting=part.minutes("stop_admitting"),
    )
    for one in (part, hours, holiday):
        if one:
            one.done()
    return point


def _days(part: _Part) -> Sequence[int]:
    return _DAYS[part.one_of("days", list(_DAYS))]
