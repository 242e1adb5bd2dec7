"""A real `havn serve` for tests: three processes, a fresh data folder, the demo in it, a free loopback port."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests import kept

ROOT = kept.ROOT
_MODULES = {"live": "havn.config.live_app", "web": "havn.config.web", "worker": "havn.config.worker"}


@dataclass
class Server:
    """A running Havn. `url` shows the demo's Norway, `other_url` its Denmark."""

    data: Path
    port: int
    environment: dict[str, str]
    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    outputs: list[Path] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def other_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """All that it printed, on both streams, over all starts."""
        return "".join(path.read_text(errors="replace") for path in self.outputs)

    def start(self, seconds: float = 240) -> None:
        """Start and wait until it says that it is ready."""
        path = self.data / f"output-{len(self.outputs)}.txt"
        self.outputs.append(path)
        with path.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "havn", *self.command, "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + seconds
        while "Havn is ready" not in path.read_text():
            assert self.process.poll() is None, f"Havn ended: {path.read_text()}"
            assert time.monotonic() < deadline, f"Havn was not ready after {seconds} s: {path.read_text()}"
            time.sleep(0.05)

    def stop(self) -> float:
        """Stop it as Ctrl-C does. Returns the seconds it took."""
        assert self.process is not None
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return time.monotonic() - begun

    def child(self, name: str) -> psutil.Process:
        """One of its processes: live, web or worker. Raises LookupError when there is none for five seconds."""
        assert self.process is not None
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            for process in psutil.Process(self.process.pid).children():
                try:
                    if _MODULES[name] in process.cmdline():
                        return process
                except (psutil.NoSuchProcess, psutil.ZombieProcess):
                    continue
            # It has just been ended or is just being started.
            time.sleep(0.05)
        raise LookupError(name)

    def kill(self, name: str) -> None:
        """End one process with kill -9; the supervisor starts it again."""
        self.child(name).kill()

    def wait_for_child(self, name: str, other_than: int, seconds: float = 15) -> None:
        """Wait until another process does the work of the one with this number."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.child(name).pid != other_than:
                    return
            except LookupError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{name} was not started again within {seconds} s.")


def free_port() -> int:
    """A loopback port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(data: Path, *command: str, **environment: str) -> Iterator[Server]:
    """A `havn <command>` (default: the demo) that lives as long as the block. Its own database, of the same kind.

    The folder gets a copy of what such a command makes at its first start.
    """
    command = command or ("demo",)
    origin = demo() if command[0] == "demo" else kept.empty()
    with kept.database(origin) as url:
        origin.copy_to(data)
        server = Server(data, free_port(), _variables(data, url) | environment, command)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def demo() -> kept.Kept:
    """An installation with the demo in it."""

    def load(data: Path, variables: dict[str, str]) -> None:
        server = Server(data, free_port(), variables, ("demo",))
        try:
            server.start()
        finally:
            server.stop()

    return kept.kept("demo", load)


def _variables(data: Path, url: str) -> dict[str, str]:
    variables = kept.installation(data)
    variables.pop("DATABASE_URL", "")
    return variables | ({"DATABASE_URL": url} if url else {})


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    """A data folder with the demo in it. None runs on it; on PostgreSQL its database is elsewhere."""
    return demo().folder


@pytest.fixture(scope="module")
def havn_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One running demo for the tests of a module, which only use it as people do. Do not stop or kill it.

    A module has its own, so that no child of another story waits in its line.
    """
    with running_server(tmp_path_factory.mktemp("havn")) as server:
        yield server


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running Havn without any centre, quick to start: for what the front door and the supervisor promise."""
    with running_server(tmp_path_factory.mktemp("empty"), "serve") as server:
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Makes servers for one test to kill, stop or fill: `own_server()` or `own_server("demo", NAME="value")`."""
    opened = []

    def make(*command: str, **environment: str) -> Server:
        data = tmp_path / f"data-{len(opened)}"
        data.mkdir()
        context = running_server(data, *command, **environment)
        opened.append(context)
        return context.__enter__()

    yield make
    for context in reversed(opened):
        context.__exit__(None, None, None)
