"""The one helpline that rows of these tests belong to."""

from havn.tenancy.models import Service
from tests.helpline.factories import Line, Person, make_line

_lines: dict[int, Line] = {}


def line() -> Line:
    """The helpline of the running test: made at the first call, found again afterwards."""
    service = Service.objects.filter(kind=Service.Kind.HELPLINE).order_by("pk").first()
    if service is None or service.pk not in _lines:
        made = make_line()
        _lines.clear()
        _lines[made.service.pk] = made
        return made
    return _lines[service.pk]


def person() -> Person:
    """Somebody of its staff."""
    return line().people[0]
