"""What a trend of the network costs.

trend_ms        one list over 40 quarters of 40 centres with 30 reasons each, as the pages ask for it: the query and the
                sums with what is left out, p95
trend_page_ms   the page of a quarter as a data officer of a member gets it, with charts of ten years, p95
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import servers

CENTRES, YEARS, REASONS = 40, 10, 30


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """The figures, measured in a process of its own on core 0."""
    folder = servers.fresh(scratch / "trends")
    found = subprocess.run(
        ["taskset", "-c", servers.SERVER_CORE, sys.executable, "-m", "bench.trends", *(["--quick"] if quick else [])],
        cwd=servers.ROOT,
        env=servers.environment(folder),
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(found.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Set up, measure, print as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    from havn.trends.queries.network import trend

    client, first, last = _network()
    trend("reason", first, last)
    times = 20 if "--quick" in sys.argv else 200
    asked = [_ms(lambda: [part.seen() for part in trend("reason", first, last).values()]) for _time in range(times)]
    _page(client)
    pages = [_ms(lambda: _page(client)) for _time in range(times // 4)]
    print(json.dumps({"trend_ms": _p95(asked), "trend_page_ms": _p95(pages)}))


def _network() -> tuple[Any, Any, Any]:
    """Forty centres with ten years of quarters; a data officer's browser at the first of them."""
    from havn.helpline.actions.vocabularies import load_vocabularies
    from havn.tenancy.models import Centre
    from havn.trends.actions.taking import take_report
    from havn.trends.rules.quarters import Quarter, between
    from havn.trends.sources import QuarterReport
    from tests.accounts.factories import make_centre, make_staff, signed_in_client

    load_vocabularies()
    make_centre(host="network.localhost", kind=Centre.Kind.NETWORK)
    centres = [make_centre(host="bench.localhost" if at == 0 else "") for at in range(CENTRES)]
    first, last = Quarter(2016, 1), Quarter(2016 + YEARS - 1, 4)
    dice = random.Random(5)
    lists = {"channel": 5, "person": 8, "gender": 4, "place": 5, "reason": REASONS}
    for quarter in between(first, last):
        for centre in centres:
            facts = {(name, f"code-{at}"): dice.randint(1, 200) for name, many in lists.items() for at in range(many)}
            facts["total", "all"] = sum(number for (name, _code), number in facts.items() if name == "channel")
            take_report(QuarterReport(centre.pk, quarter, "insafe-reasons-2023", 1, facts))
    client = signed_in_client(make_staff(centres[0], "data_officer"), host="bench.localhost")
    return client, first, last


def _page(client: Any) -> None:
    response = client.get("/en/desk/trends")
    assert response.status_code == 200


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _p95(times: list[float]) -> float:
    return sorted(times)[round(0.95 * (len(times) - 1))]


if __name__ == "__main__":
    main()
