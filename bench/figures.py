"""What figures cost: a contact with its counts against one without, and a quarter out of ten million contacts.

contact_insert_ratio   contacts counted a second, `count_turn` in a transaction of its own as the desk does it, with
                       their counts ÷ without them: the same turns, blocks of each in turn, durable as in use
quarter_ms             the network's quarter out of the counts that ten million contacts of ten years leave: reading
                       them and making the tables in the reader's words, p95 over all quarters in random order
quarter_page_ms        the same as the page that a coordinator gets: session, permission, tables, template

The ten million contacts are not made: what a report reads are their counts, and those are written as such contacts
would leave them, day by day and month by month, for four channels and every dimension (`_cells`), zeros left out.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench import servers

FIRST, YEARS = date(2016, 1, 1), 10
CONTACTS = 10_000_000
BLOCK = 25
INSERT = (
    "INSERT INTO statistics_count (service_id, grain, day, dimension, within, code, count) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """The figures, measured in a process of its own on core 0."""
    folder = servers.fresh(scratch / "figures")
    found = subprocess.run(
        ["taskset", "-c", servers.SERVER_CORE, sys.executable, "-m", "bench.figures", *(["--quick"] if quick else [])],
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
    from tests.helpline.figures import helpline

    quick = "--quick" in sys.argv
    found = _inserts(helpline(), 100 if quick else 1000)
    found |= _quarters(helpline_elsewhere(), 1 if quick else YEARS)
    print(json.dumps(found))


def helpline_elsewhere() -> Any:
    """A second helpline, at a centre of its own."""
    from tests.helpline.figures import helpline
    from tests.tenancy.factories import make_centre

    return helpline(centre=make_centre(host="bench.localhost"))


def _inserts(service: Any, number: int) -> dict[str, float]:
    from django.db import transaction

    from havn.helpline.actions import counting
    from havn.helpline.models import Contact

    dice, real = random.Random(7), counting.count_in
    turns = _turns(service, 2 * number, dice)
    spent = {True: 0.0, False: 0.0}
    for start in range(0, len(turns), BLOCK):
        counts = start // BLOCK % 2 == 0
        counting.count_in = real if counts else lambda *args, **kwargs: None
        begun = time.perf_counter()
        for turn, record in turns[start : start + BLOCK]:
            with transaction.atomic():
                counting.count_turn(turn, record=record)
        spent[counts] += time.perf_counter() - begun
    counting.count_in = real
    assert Contact.objects.filter(service=service).count() == 2 * number
    return {"contact_insert_ratio": spent[False] / spent[True], "contacts_per_s": number / spent[True]}


def _turns(service: Any, number: int, dice: random.Random) -> list[tuple[Any, Any]]:
    """Ended talks with complete records, of a day."""
    from havn.common.clock import now_ms
    from havn.helpline.models import Record, Turn
    from havn.live.models import Conversation
    from havn.vocabularies.api import codes_of

    reasons, made, today = codes_of("reason", on=date.today()), [], now_ms()
    for _number in range(number):
        began = today - dice.randint(0, 86_400_000)
        talk = Conversation.objects.create(
            centre_id=service.organisation.centre_id, service=service, kind="helpline.chat",
            started_at_ms=began, last_at_ms=began,
        )  # fmt: skip
        turn = Turn.objects.create(
            conversation=talk, service=service, channel="chat", language="en", state=Turn.State.ENDED,
            ended_by="counsellor", waiting_since_ms=began, taken_at_ms=began + 200_000, ended_at_ms=began + 2_000_000,
        )  # fmt: skip
        record = Record.objects.create(
            conversation=talk, reasons=dice.sample(reasons, 2), person="teen-12-18", online=dice.random() < 0.7,
            age_band=dice.choice(["9-11", "12-14", "15-18"]), gender=dice.choice(["girl-or-woman", "boy-or-man"]),
            place="gaming", platform="Roblox", outcome="listened", risk=dice.choice(["none", "some"]),
        )  # fmt: skip
        made.append((turn, record))
    return made


def _quarters(service: Any, years: int) -> dict[str, float]:
    from havn.helpline.report_filed import quarter
    from havn.statistics.rules.periods import Kind, period_of
    from tests.accounts.factories import make_staff, signed_in_client

    rows = _write_counts(service, years)
    periods = [period_of(Kind.QUARTER, date(FIRST.year + at // 4, at % 4 * 3 + 1, 1)) for at in range(4 * years)]
    dice = random.Random(11)
    dice.shuffle(periods)
    quarter([service.pk], periods[0])
    made = [_ms(lambda period=period: quarter([service.pk], period)) for period in periods * 2]  # type: ignore[misc]
    client = signed_in_client(make_staff(service.organisation, "coordinator"), host="bench.localhost")
    _page(client, periods[0].first)
    pages = [_ms(lambda one=one: _page(client, one.first)) for one in periods]  # type: ignore[misc]
    return {
        "quarter_ms": _p95(made),
        "quarter_median_ms": median(made),
        "quarter_page_ms": _p95(pages),
        "quarter_rows": rows,
    }


def _page(client: Any, day: date) -> None:
    answer = client.get(f"/en/desk/figures/report/quarter?day={day}")
    assert answer.status_code == 200


def _write_counts(service: Any, years: int) -> int:
    """The counts of ten million contacts in ten years (fewer years: as many a year). Returns the rows."""
    from django.db import connection

    cells, dice = _cells(), random.Random(5)
    a_day = CONTACTS / YEARS / 365.25
    months: Counter[tuple[date, str, str, str]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("BEGIN")
        for number in range(int(365.25 * years)):
            day, rows = FIRST + timedelta(days=number), []
            for dimension, within, code, share in cells:
                mean = share * a_day
                count = int(mean * (0.6 + 0.8 * dice.random()) + dice.random())
                if count:
                    rows.append((service.pk, "d", day.isoformat(), dimension, within, code, count))
                    months[day.replace(day=1), dimension, within, code] += count
            cursor.executemany(INSERT, rows)
        cursor.executemany(
            INSERT, [(service.pk, "m", day.isoformat(), *cell, n) for (day, *cell), n in sorted(months.items())]
        )
        cursor.execute("COMMIT")
        cursor.execute("SELECT count(*) FROM statistics_count WHERE service_id = %s", [service.pk])
        return int(cursor.fetchone()[0])


def _cells() -> list[tuple[str, str, str, float]]:
    """Every cell that a day can have, with the share of the day's contacts that lies in it."""
    from havn.vocabularies.api import terms_in

    reasons = [f"insafe-reasons-2023:{term.code}" for term in terms_in("insafe-reasons-2023")]
    codes: dict[str, list[str]] = {
        "reason": reasons,
        "reason-any": reasons,
        "person": ["child-5-11", "teen-12-18", "parent-or-carer", "teacher", "social-worker", "other-adult", "unknown"],
        "age": ["under-9", "9-11", "12-14", "15-18", "over-18", "unknown"],
        "gender": ["girl-or-woman", "boy-or-man", "other", "unknown"],
        "outcome": ["listened", "advice", "next-step", "referred", "hotline", "emergency", "cut-short"],
        "risk": ["none", "some", "high", "imminent"],
    }
    codes["reason-age"] = [f"{reason}|{age}" for reason in reasons for age in codes["age"]]
    codes["reason-gender"] = [f"{reason}|{gender}" for reason in reasons for gender in codes["gender"]]
    every = {
        "contacts": ["all"],
        "language": ["nb", "nn", "en", "uk"],
        "half-hour": [f"{hour % 7}-{14 + hour // 4}:{'30' if hour % 2 else '00'}" for hour in range(32)],
        "waiting": ["0-1", "1-5", "5-15", "15-30", "30-60", "60+"],
    }
    online = {
        "place": ["messaging", "social-media", "gaming", "other", "unknown"],
        "platform": ["Snapchat", "TikTok", "Instagram", "Discord", "Roblox", "YouTube", "WhatsApp", "unknown"],
    }
    talk = codes | every | {"length": every["waiting"], "feedback": ["1", "2", "3"]}
    withins = {
        "answered/online": (0.42, talk | online),
        "answered/offline": (0.14, talk),
        "without-talk/unknown": (0.08, every | {"outcome": ["silent", "test"]}),
        "left/unknown": (0.36, every),
    }
    return [
        (dimension, f"{channel}/{within}", code, share * part / len(found))
        for channel, part in (("chat", 0.45), ("phone", 0.4), ("letter", 0.1), ("mail", 0.05))
        for within, (share, dimensions) in withins.items()
        for dimension, found in dimensions.items()
        for code in found
    ]


def _ms(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
