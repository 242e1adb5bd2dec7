"""Starting what is measured, on core 0, and reading what it spent. The clients live on core 1."""

import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
SERVER_CORE, CLIENT_CORE = "0", 1
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Running:
    """A server that answers. `process` is the one that carries the chat."""

    port: int
    process: psutil.Process
    world: dict[str, Any]

    def cpu_seconds(self) -> float:
        """What all its threads have spent so far, in user and kernel, from /proc."""
        return cpu_seconds(self.process.pid)

    def memory_kb(self) -> int:
        """Its proportional share of memory (PSS)."""
        return share_kb(self.process.pid)


def cpu_seconds(pid: int) -> float:
    """What all threads of a process have spent so far, in user and kernel, from /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def cpu_seconds_of_all(pid: int) -> float:
    """The same of a process and all that it started."""
    parent = psutil.Process(pid)
    return sum(cpu_seconds(one.pid) for one in (parent, *parent.children(recursive=True)))


def share_kb(pid: int) -> int:
    """A process's proportional share of memory (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise LookupError("Pss")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """This process's environment with a data folder of its own and no other setting of Havn's."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HAVN_")}
    plain.pop("DATABASE_URL", None)
    return {**plain, "HAVN_DATA": str(folder), "PYTHONUNBUFFERED": "1", **more}


def use_client_core() -> None:
    """Keep this process off the server's core, and let it open many files."""
    if len(os.sched_getaffinity(0)) > CLIENT_CORE:
        os.sched_setaffinity(0, {CLIENT_CORE})
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextlib.contextmanager
def every_core() -> Iterator[None]:
    """For as long as the block lasts, this process and those it starts run wherever the system puts them."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def toy(scratch: Path) -> Iterator[Running]:
    """The floor."""
    folder = fresh(scratch / "toy")
    port = free_port()
    command = on_core([sys.executable, "-m", "bench.toy", str(folder / "toy.sqlite3"), str(port)])
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(port)
        yield Running(port, psutil.Process(process.pid), {})
    finally:
        stop(process)


@contextlib.contextmanager
def havn(
    scratch: Path,
    *,
    talks: int,
    waiting: int = 0,
    old: tuple[int, int] = (0, 0),
    pace: float = 1e6,
    one_core: bool = True,
) -> Iterator[Running]:
    """Havn as it is started for people: `havn serve` with its three processes, all on one core or wherever they like.

    `pace` lifts the limit of messages in a time (it stays in the path): nobody types eighty messages a second.
    `old` are talks whose clock ran out, and messages in each.
    """
    folder = fresh(scratch / "havn")
    variables = environment(folder, HAVN_PACE=str(pace))
    world = folder / "world.json"
    subprocess.run(
        [sys.executable, "-m", "bench.world", str(talks), str(waiting), str(world), *map(str, old)],
        cwd=ROOT,
        env=variables,
        check=True,
    )
    with serving(folder, variables, one_core=one_core) as (port, live):
        yield Running(port, live, json.loads(world.read_text()))


@contextlib.contextmanager
def serving(folder: Path, variables: dict[str, str], *, one_core: bool = True) -> Iterator[tuple[int, psutil.Process]]:
    """`havn serve` on a data folder that is ready: its port and its live process."""
    port = free_port()
    command = [sys.executable, "-m", "havn", "serve", "--port", str(port)]
    with open(folder / "output.txt", "wb") as output:
        process = subprocess.Popen(
            on_core(command) if one_core else command,
            cwd=ROOT,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + 60
        while "Havn is ready" not in (folder / "output.txt").read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "output.txt").read_text())
            time.sleep(0.05)
        yield (
            port,
            next(
                child for child in psutil.Process(process.pid).children() if "havn.config.live_app" in child.cmdline()
            ),
        )
    finally:
        stop(process)


@contextlib.contextmanager
def granian(app: str, variables: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """A WSGI app under granian, one worker, on the server's core: its port and its process."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "--log-level", "error", app,
    ]  # fmt: skip
    process = subprocess.Popen(on_core(command), cwd=ROOT, env=variables)
    try:
        wait_for(port, 60)
        yield port, psutil.Process(process.pid)
    finally:
        stop(process)


def on_core(command: list[str]) -> list[str]:
    return ["taskset", "-c", SERVER_CORE, *command] if shutil.which("taskset") else command


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def wait_for(port: int, seconds: float = 20) -> None:
    """Until something listens there."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
