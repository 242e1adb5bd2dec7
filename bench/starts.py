"""What a start costs: the whole request with all its keys stored, beside one row through the ORM on the same disk."""

import asyncio
import itertools
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import uvloop

from bench import servers
from bench.load import Poster, now, post_head

CLIENTS = 32
# From one source the sixty-first start in ten minutes waits on purpose: children come from many.
STARTS_OF_A_SOURCE = 40


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """`start_ratio` and its floor, `floor_orm_per_s`: rows a second from one thread, synchronous=FULL."""
    rounds, seconds = (1, 2.0) if quick else (3, 5.0)
    floors, ours = [], []
    for _ in range(rounds):
        floors.append(_rows_per_second(scratch, seconds))
        with servers.havn(scratch, talks=1) as server:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                ours.append(runner.run(_starts_per_second(server, seconds)))
    return {
        "start_ratio": median(ours) / median(floors),
        "start_per_s": median(ours),
        "floor_orm_per_s": median(floors),
    }


async def _starts_per_second(server: servers.Running, seconds: float) -> float:
    head = post_head(server.port, "/live/start", {})
    body = b'{"language": "en"}'
    request = head + b"content-length: %d\r\n\r\n" % len(body) + body
    done, refused = 0, []

    sources = itertools.count(2)

    async def child() -> None:
        nonlocal done
        loop = asyncio.get_running_loop()
        while now() < end:
            number = next(sources)
            source = (f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}", 0)
            line, poster = await loop.create_connection(
                lambda: Poster(server.port), "127.0.0.1", server.port, local_addr=source
            )
            for _ in range(STARTS_OF_A_SOURCE):
                answered: asyncio.Future[tuple[int, bytes]] = loop.create_future()
                poster.post(request, lambda status, text, to=answered: to.set_result((status, text)))
                status, text = await answered
                if status == 200 and b"/waiting" in text:
                    done += 1
                else:
                    refused.append((status, text))
                if now() >= end:
                    break
            line.close()

    begun = now()
    end = begun + seconds
    await asyncio.gather(*(child() for _ in range(CLIENTS)))
    if refused:
        raise RuntimeError(f"{len(refused)} starts refused, first: {refused[0]}")
    return done / (now() - begun)


def _rows_per_second(scratch: Path, seconds: float) -> float:
    folder = servers.fresh(scratch / "rows")
    command = [sys.executable, "-m", "bench.starts", str(seconds)]
    found = subprocess.run(
        servers.on_core(command), cwd=servers.ROOT, env=servers.environment(folder), check=True, capture_output=True
    )
    return float(found.stdout)


def _insert_for(seconds: float) -> float:
    """In a process of its own: one row a transaction, as fast as one thread goes."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from havn.live.models import Beacon

    call_command("migrate", verbosity=0)
    model: Any = Beacon
    for number in range(50):
        model.objects.create(topic=f"warm:{number}", version=0, at_ms=number)
    count, begun = 0, now()
    while now() - begun < seconds:
        model.objects.create(topic=f"row:{count}", version=0, at_ms=count)
        count += 1
    return count / (now() - begun)


if __name__ == "__main__":
    print(_insert_for(float(sys.argv[1])))
