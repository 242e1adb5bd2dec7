"""The list of letters with fifty thousand of them: how long its first pages take at a counsellor's desk.

`python -m bench.letters <letters> <file>` builds the world in HAVN_DATA. The list reads no word of any letter, so that
they are rows with clocks only.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import servers
from bench.load import percentile

LETTERS = 50_000
HOUR_MS = 3_600_000
PAGES = ("", "?state=waiting", "?state=claimed", "?state=answered", "?language=nb", "?mine=1")


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """letters_list_ms: the 95th percentile of a first page, whichever state, language or "mine" it is narrowed by."""
    folder = servers.fresh(scratch / "letters")
    variables = servers.environment(folder)
    world = folder / "world.json"
    letters = LETTERS // 10 if quick else LETTERS
    subprocess.run(
        [sys.executable, "-m", "bench.letters", str(letters), str(world)], cwd=servers.ROOT, env=variables, check=True
    )
    staff = json.loads(world.read_text())["staff"][0]
    with servers.serving(folder, variables) as (port, _live):
        _times(port, staff["cookies"], 1)
        return {"letters_list_ms": percentile(_times(port, staff["cookies"], 5 if quick else 30), 0.95)}


def _times(port: int, cookies: dict[str, str], rounds: int) -> list[float]:
    """Seconds of each request, the session and the page's template warm."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    found = []
    for path in PAGES * rounds:
        begun = time.perf_counter()
        line.request("GET", f"/en/desk/letters{path}", headers={"Host": "localhost", "Cookie": cookie})
        answer = line.getresponse()
        page = answer.read()
        if answer.status != 200 or b"letters-row" not in page:
            raise RuntimeError(f"{path}: {answer.status}")
        found.append(time.perf_counter() - begun)
    return found


def build(letters: int) -> dict[str, Any]:
    """A helpline with so many letters: a third waits, a few are being answered, the rest was answered lately."""
    from bench import world
    from havn.accounts.models import User
    from havn.helpline.models import Turn
    from havn.letterbox.models import LetterClock
    from havn.live.models import Conversation
    from havn.tenancy.models import Service

    made = world.build(1, 0)
    Service.objects.filter(pk=made["service"]).update(languages=["en", "nb"])
    service = Service.objects.select_related("organisation").get(pk=made["service"])
    user, dice, now_ms = User.objects.order_by("pk").first(), random.Random(0), time.time_ns() // 1_000_000
    for start in range(0, letters, 5000):
        numbers = range(start, min(start + 5000, letters))
        rows = [_letter(service, user, number, now_ms - dice.randrange(1, 160 * HOUR_MS)) for number in numbers]
        for model, place in ((Conversation, 0), (Turn, 1), (LetterClock, 2)):
            model._default_manager.bulk_create([row[place] for row in rows], batch_size=200)
    return made


def _letter(service: Any, user: Any, number: int, at_ms: int) -> tuple[Any, Any, Any]:
    from havn.helpline.models import Turn
    from havn.letterbox.models import LetterClock
    from havn.live.models import Conversation

    state = "waiting" if number % 3 == 0 else "talking" if number % 1000 == 1 else "ended"
    conversation = Conversation(
        centre_id=service.organisation.centre_id,
        service=service,
        kind="helpline.letter",
        last_at_ms=at_ms,
        started_at_ms=at_ms,
    )
    turn = Turn(
        conversation=conversation,
        service=service,
        channel="letter",
        state=state,
        language="nb" if number % 7 == 0 else "en",
        waiting_since_ms=at_ms,
        counsellor=user if state == "talking" else None,
        risk="high" if number % 50 == 0 else "",
    )
    answered = state == "ended"
    clock = LetterClock(
        conversation=conversation,
        service=service,
        language=turn.language,
        unanswered_since_ms=None if answered else at_ms,
        answered_at_ms=at_ms if answered else None,
    )
    return conversation, turn, clock


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with open(sys.argv[2], "w") as file:
        json.dump(build(int(sys.argv[1])), file)


if __name__ == "__main__":
    main()
