"""The desk with five hundred open talks and a thousand children waiting: how long its page takes at the server.

`python -m bench.desk <talks> <waiting> <file>` builds the world in HAVN_DATA. Each talk has what a child and its
counsellor wrote so far, sealed, so that the page opens what it shows.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import servers
from bench.load import percentile

TALKS, WAITING, WORDS = 500, 1_000, 24
DESKS = 40


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """desk_ms: the 95th percentile of a counsellor's desk, as it opens and with each of the own talks in view."""
    folder = servers.fresh(scratch / "desk")
    variables = servers.environment(folder)
    world = folder / "world.json"
    sizes = (str(TALKS // 10), str(WAITING // 10)) if quick else (str(TALKS), str(WAITING))
    subprocess.run(
        [sys.executable, "-m", "bench.desk", *sizes, str(world)], cwd=servers.ROOT, env=variables, check=True
    )
    made = json.loads(world.read_text())
    people = made["staff"][:DESKS]
    with servers.serving(folder, variables) as (port, _live):
        _times(port, made, people[:2])
        return {"desk_ms": percentile(_times(port, made, people), 0.95)}


def _times(port: int, made: dict[str, Any], people: list[dict[str, Any]]) -> list[float]:
    """Seconds of each request; every person looks at the desk and then at each of their talks."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for person in people:
        cookie = "; ".join(f"{name}={value}" for name, value in person["cookies"].items())
        talks = [str(made["talks"][number]["conversation"]) for number in person["talks"]]
        for path in ("/en/desk", *(f"/en/desk?talk={talk}" for talk in talks)):
            begun = time.perf_counter()
            line.request("GET", path, headers={"Host": "localhost", "Cookie": cookie})
            answer = line.getresponse()
            page = answer.read()
            found.append(time.perf_counter() - begun)
            if answer.status != 200 or b"desk-thread" not in page or b"harbour" not in page:
                raise RuntimeError(f"{path}: {answer.status}")
    return found


def build(talks: int, waiting: int) -> dict[str, Any]:
    """The usual world, with words in every talk and a record begun."""
    from django.db import transaction

    from bench import world
    from havn.helpline.models import Record
    from havn.live import api as live
    from havn.live.models import Participant

    made = world.build(talks, waiting)
    counsellors = dict(Participant.objects.filter(role="counsellor").values_list("conversation_id", "pk"))
    for start in range(0, talks, 50):
        with transaction.atomic():
            for one in made["talks"][start : start + 50]:
                visitor = live.visitor_of({made["visitor_cookie"]: one["token"]})
                if visitor is None:
                    raise RuntimeError("A talk lost its visitor.")
                for number in range(WORDS):
                    _says(one["conversation"], visitor, counsellors[one["conversation"]], number)
                Record.objects.get_or_create(pk=one["conversation"], defaults={"reasons": ["gaming"], "risk": "some"})
    return made


def _says(conversation_id: int, visitor: Any, counsellor_part: int, number: int) -> None:
    from havn.live import api as live

    child = number % 2 == 0
    live.append(
        conversation_id=conversation_id,
        key=visitor.key,
        author="visitor" if child else "staff",
        kind="text",
        text=f"There is a harbour behind the hill, number {number}, and nobody knows of it but us.",
        participant_id=visitor.participant_id if child else counsellor_part,
    )


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from havn.helpline.actions.vocabularies import load_vocabularies

    load_vocabularies()
    with open(sys.argv[3], "w") as file:
        json.dump(build(int(sys.argv[1]), int(sys.argv[2])), file)


if __name__ == "__main__":
    main()
