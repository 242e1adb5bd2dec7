"""Figures of the helplines for the forms of rounds: out of the same counts as the network's quarter."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.common.dates import day
from havn.common.once import once
from havn.helpline import report_tables as tables
from havn.helpline.forms_reports import Asked
from havn.helpline.queries.reports import figures
from havn.helpline.report_filed import quarter
from havn.helpline.report_standard import in_standard_codes
from havn.helpline.rules.reports import ONLINE, Figures
from havn.helpline.rules.roles import SUPERVISES
from havn.rounds.api import Found, Source, register_source
from havn.statistics.rules.periods import Period
from havn.statistics.rules.tables import Table
from havn.tenancy.models import Centre, Service
from havn.vocabularies import api as vocabularies

COLUMN = "contacts"
_TABLES = {
    "channel": gettext_lazy("Talks about something online, by channel"),
    "person": gettext_lazy("Talks about something online, by who made contact"),
    "age": gettext_lazy("Talks about something online, by age"),
    "gender": gettext_lazy("Talks about something online, by gender"),
    "reason": gettext_lazy("Talks about something online, by main reason"),
    "place": gettext_lazy("Talks about something online, by place"),
    "platform": gettext_lazy("Talks about something online, by platform"),
}
_NUMBERS: dict[str, tuple[object, Callable[[Figures], int]]] = {
    "offered": (gettext_lazy("Attempts to make contact"), lambda now: now.offered),
    "answered": (gettext_lazy("Attempts that were answered"), lambda now: now.answered),
    "talks": (gettext_lazy("Talks"), lambda now: now.talks),
    "online": (gettext_lazy("Talks about something online"), lambda now: now.scopes()["online"]),
    "offline": (gettext_lazy("Talks not about anything online"), lambda now: now.scopes()["offline"]),
}


def register() -> None:
    """Fill the registry of rounds. Called from AppConfig.ready()."""
    for name, (label, read) in _NUMBERS.items():
        register_source(Source(f"helpline.{name}", partial(str, label), partial(_number, read)))
    for name, label in _TABLES.items():
        register_source(Source(f"helpline.{name}", partial(str, label), partial(_table, name)))


def _number(read: Callable[[Figures], int], centre: Centre, period: Period) -> Found | None:
    services = _services(centre)
    now = _counts(centre, period, services)
    return _found(read(now), period, services) if now is not None else None


def _table(name: str, centre: Centre, period: Period) -> Found | None:
    services = _services(centre)
    now = _counts(centre, period, services)
    if now is None:
        return None
    counts: Mapping[str, int]
    if name == "age":
        counts = in_standard_codes("age", now.codes("age", ends=tables.TALK, scope=ONLINE))
    elif name == "channel":
        counts = _by_channel(now)
    else:
        counts = _filed(name, _quarter(centre, period, services))
    return _found({code: {COLUMN: number} for code, number in counts.items()}, period, services)


def _counts(centre: Centre, period: Period, services: list[Service]) -> Figures | None:
    """The counts of all helplines together; None where nobody has ever tried to reach one in the period."""
    ids = [one.pk for one in services]
    key = ("figures for rounds", centre.pk, period)
    now = once(key, lambda: figures(ids, period, dimensions=("contacts", "age"))) if ids else None
    return now if now is not None and now.offered else None


def _quarter(centre: Centre, period: Period, services: list[Service]) -> list[Table]:
    ids = [one.pk for one in services]
    return once(("quarter for rounds", centre.pk, period), lambda: quarter(ids, period).tables)


def _by_channel(now: Figures) -> Counter[str]:
    """Every channel by itself; the network's own list says "e-mail"."""
    found = now.grid("contacts", "channel", ends=tables.TALK, scope=ONLINE).get("all", Counter())
    counts: Counter[str] = Counter()
    for code, number in found.items():
        counts["e-mail" if code == "mail" else code] += number
    return counts


def _filed(name: str, made: list[Table]) -> Counter[str]:
    """One list of the quarter by code. Where two lists of reasons held, under the terms that took over."""
    successors = vocabularies.successors("reason") if name == "reason" else {}
    counts: Counter[str] = Counter()
    for table in made:
        if table.key == name or (name == "reason" and table.key.startswith("reason-")):
            for line in table.lines:
                counts[successors.get(line.code, line.code)] += sum(line.numbers)
    return counts


def _found(value: int | dict[str, dict[str, int]], period: Period, services: list[Service]) -> Found:
    said = _("From the records of %(helplines)s, %(first)s to %(last)s.") % {
        "helplines": ", ".join(dict.fromkeys(one.name for one in services)),
        "first": day(period.first),
        "last": day(period.last),
    }
    address = f"{reverse('helpline:figures')}?{Asked(period).address(services[0].pk)}"
    return Found(value, said, address, roles=SUPERVISES)


def _services(centre: Centre) -> list[Service]:
    def read() -> list[Service]:
        found = Service.objects.filter(organisation__centre=centre, kind=Service.Kind.HELPLINE)
        return list(found.order_by("pk"))

    return once(("helplines for rounds", centre.pk), read)
