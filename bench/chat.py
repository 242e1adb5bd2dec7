"""The chat's figures: what a durable message costs beside a bare toy, how fast it arrives, and that none is lost."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from statistics import median
from typing import Any

import uvloop

from bench import servers
from bench.load import percentile
from bench.talks import Load

IN_FLIGHT = 64


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """All keys of the chat with their floors."""
    rounds, seconds = (1, 3.0) if quick else (3, 6.0)
    floors, ours, rates, floor_rates = [], [], [], []
    for _ in range(rounds):
        with servers.toy(scratch) as server:
            found = _run(_saturated(Load.of_toy(server, IN_FLIGHT), seconds))
            floors.append(found["cpu"] / found["messages"])
            floor_rates.append(found["messages"] / found["seconds"])
        with servers.havn(scratch, talks=IN_FLIGHT) as server:
            found = _run(_saturated(Load.of_havn(server, IN_FLIGHT), seconds))
            ours.append(found["cpu"] / found["messages"])
            rates.append(found["messages"] / found["seconds"])
    result = {
        "chat_ratio": median(floors) / median(ours),
        "floor_chat_us": 1e6 * median(floors),
        "chat_us": 1e6 * median(ours),
        "chat_per_s": max(rates),
        "floor_chat_per_s": max(floor_rates),
    }
    return result | _calm(scratch, quick)


def _calm(scratch: Path, quick: bool) -> dict[str, float]:
    with servers.havn(scratch, talks=200) as server:
        latencies = _run(_paced(Load.of_havn(server, 200), 10 if quick else 30))
    with servers.havn(scratch, talks=200) as server:
        dropped = _run(_dropping(Load.of_havn(server, 200), 12 if quick else 40))
    return {
        "chat_p50_ms": percentile(latencies, 0.5),
        "chat_p99_ms": percentile(latencies, 0.99),
        "chat_lost": dropped["lost"],
        "chat_lost_of": dropped["messages"],
        "chat_lines_dropped": dropped["drops"],
    }


async def _saturated(load: Coroutine[Any, Any, Load], seconds: float) -> dict[str, float]:
    return await (await load).as_fast_as_it_goes(seconds)


async def _paced(load: Coroutine[Any, Any, Load], seconds: float) -> list[float]:
    return await (await load).at_a_human_pace(seconds, 5.0)


async def _dropping(load: Coroutine[Any, Any, Load], seconds: float) -> dict[str, float]:
    return await (await load).with_lines_that_drop(seconds, 5.0, 10.0)


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
