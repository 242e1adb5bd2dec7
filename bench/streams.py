"""Ten thousand children waiting: what their open streams cost, and what they do to the talks that are going on."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvloop

from bench import servers
from bench.load import Listener, percentile, stream_head
from bench.servers import Running
from bench.talks import Load

TALKS, FEW, MANY = 200, 200, 10_000
AT_ONCE = 100


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """Delivery in 200 talks with 200 waiting, then with 10,000, the queue moving once a second in both."""
    many, seconds = (2_000, 10.0) if quick else (MANY, 30.0)
    few, _, _ = _with_waiting(scratch, FEW, seconds)
    lots, kb, cores = _with_waiting(scratch, many, seconds)
    return {
        "streams_10k_p99_ratio": percentile(lots, 0.99) / percentile(few, 0.99),
        "streams_10k_p99_ms": percentile(lots, 0.99),
        "floor_streams_p99_ms": percentile(few, 0.99),
        "streams_10k_cores": cores,
        "kb_per_stream": kb,
    }


def _with_waiting(scratch: Path, waiting: int, seconds: float) -> tuple[list[float], float, float]:
    """Delivery times of the talks, memory of a waiting child's stream in KB, and the server's use of its core."""
    with servers.havn(scratch, talks=TALKS, waiting=waiting) as server, _moving(scratch / "havn"):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_measure(server, waiting, seconds))


async def _measure(server: Running, count: int, seconds: float) -> tuple[list[float], float, float]:
    load = await Load.of_havn(server, TALKS)
    waiting = await _connect(server, 0, FEW)
    before = server.memory_kb()
    waiting += await _connect(server, FEW, count)
    await asyncio.sleep(8)
    kb = (server.memory_kb() - before) / (count - FEW or 1)
    cpu, told = server.cpu_seconds(), sum(one.bytes for one in waiting)
    latencies = await load.at_a_human_pace(seconds, 2.0)
    cores = (server.cpu_seconds() - cpu) / (seconds + 2.5)
    cut = sum(one.transport.is_closing() for one in waiting)
    if cut:
        raise RuntimeError(f"{cut} of {count} streams were cut.")
    if sum(one.bytes for one in waiting) - told < count * 100:
        raise RuntimeError("The waiting children were not told that the queue moves.")
    return latencies, kb, cores


async def _connect(server: Running, start: int, end: int) -> list[Listener]:
    loop = asyncio.get_running_loop()
    opened: list[Listener] = []
    cookie = server.world["visitor_cookie"]

    async def one(token: str) -> None:
        request = stream_head(server.port, "/live/stream?after=0", {cookie: token})
        _, listener = await loop.create_connection(lambda: Listener(request), "127.0.0.1", server.port)
        await asyncio.wait_for(listener.hello, 30)
        opened.append(listener)

    for first in range(start, end, AT_ONCE):
        tokens: list[dict[str, Any]] = server.world["waiting"][first : min(end, first + AT_ONCE)]
        await asyncio.gather(*(one(talk["token"]) for talk in tokens))
    return opened


@contextmanager
def _moving(data: Path) -> Iterator[None]:
    process = subprocess.Popen(
        servers.on_core([sys.executable, "-m", "bench.mover"]), cwd=servers.ROOT, env=servers.environment(data)
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()
