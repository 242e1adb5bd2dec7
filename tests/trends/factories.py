"""The network, countries, people of theirs, and quarters that were accepted."""

from django.test import Client

from havn.accounts.models import User
from havn.tenancy.models import Centre
from havn.trends.actions.taking import take_report
from havn.trends.rules.quarters import Quarter
from havn.trends.sources import QuarterReport
from tests.accounts.factories import make_centre, make_staff, signed_in_client

NOW, BEFORE, YEAR = Quarter(2026, 3), Quarter(2026, 2), Quarter(2025, 3)
HOSTS = {"network": "network.test"}


def network_centre() -> Centre:
    """The network's own centre."""
    return make_centre("network", "network.test", kind=Centre.Kind.NETWORK, name="Network", country_code="EU")


def country(code: str, name: str, *, host: str = "") -> Centre:
    """A country's centre with one helpline."""
    if host:
        HOSTS[code] = host
    return make_centre(code, host, country_code=code.upper(), name=name)


def person(centre: Centre, *roles: str) -> tuple[User, Client]:
    """Somebody of a centre with these roles, and their browser at its host."""
    user = make_staff(centre, *roles)
    return user, signed_in_client(user, host=HOSTS[centre.slug])


def report(centre: Centre, quarter: Quarter = NOW, *, scheme: str = "insafe-reasons-2023", **lists: object) -> None:
    """An accepted quarter: `total=…` and dictionaries by dimension."""
    total = lists.pop("total")
    assert isinstance(total, int)
    facts: dict[tuple[str, str], int] = {("total", "all"): total}
    for dimension, numbers in lists.items():
        assert isinstance(numbers, dict)
        facts |= {(dimension, code): number for code, number in numbers.items()}
    take_report(QuarterReport(centre.pk, quarter, scheme, 1, facts))


def four_countries() -> list[Centre]:
    """Four countries that all reported three quarters, growing by a tenth each year and a twentieth each quarter."""
    made = [
        country(code, name)
        for code, name in (("at", "Austria"), ("be", "Belgium"), ("cz", "Czechia"), ("ee", "Estonia"))
    ]
    for at, centre in enumerate(made, start=1):
        for quarter, grown in ((YEAR, 100), (BEFORE, 105), (NOW, 110)):
            size = grown * at
            report(
                centre, quarter, total=size * 10,
                reason={
                    "cyberbullying": size * 2, "grooming": size, "oscec": size * (3 if quarter == NOW else 2),
                    "e-crime": size * 4,
                },
                channel={"phone": size * 6, "chat": size * 4},
                person={"teen-12-18": size * 7, "child-5-11": size * 2, "unknown": size},
                gender={"girl-or-woman": size * 6, "boy-or-man": size * 4},
                place={"social-media": size * 3, "messaging": size, "unknown": size * 6},
            )  # fmt: skip
    return made
