"""A real `havn serve` for tests: three processes, a fresh data folder, the demo in it, a free loopback port."""

import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent
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
    """A `havn <command>` (default: the demo) that lives as long as the block. Its own database, of the same kind."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("HAVN_")}
    with _database(variables.pop("DATABASE_URL", "")) as url:
        variables |= {"HAVN_DATA": str(data), "PYTHONUNBUFFERED": "1", **environment}
        if url:
            variables["DATABASE_URL"] = url
        server = Server(data, free_port(), variables, command or ("demo",))
        if server.command[0] == "serve":
            bring_up_to_date(data, variables)
        try:
            server.start()
            yield server
        finally:
            server.stop()


# An empty database of this release: bringing one up takes ten seconds, copying it none. One for each process of tests.
_empty: list[Path] = []


def bring_up_to_date(data: Path, variables: dict[str, str]) -> None:
    """`havn migrate` for a data folder without a database."""
    if "DATABASE_URL" not in variables and _empty:
        data.mkdir(parents=True, exist_ok=True)
        shutil.copy(_empty[0], data / "havn.sqlite3")
        return
    subprocess.run([sys.executable, "-m", "havn", "migrate"], cwd=ROOT, env=variables, check=True, stdout=-3)
    if "DATABASE_URL" not in variables:
        kept = Path(os.environ["HAVN_DATA"]) / "empty.sqlite3"
        with sqlite3.connect(data / "havn.sqlite3") as whole:
            whole.execute("VACUUM INTO ?", [str(kept)])
        whole.close()
        _empty.append(kept)


@contextmanager
def _database(url: str) -> Iterator[str]:
    """On PostgreSQL, a fresh database beside the one that DATABASE_URL names, dropped afterwards."""
    if not url:
        yield ""
        return
    import psycopg
    from psycopg import sql

    name = f"havn_server_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    head, _, query = url.partition("?")
    try:
        yield head.rpartition("/")[0] + "/" + name + (f"?{query}" if query else "")
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo in it, made once for all servers of this process. None runs on it."""
    folder = tmp_path_factory.mktemp("demo")
    with running_server(folder):
        pass
    return folder


@pytest.fixture(scope="module")
def havn_server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """One running demo for the tests of a module, which only use it as people do. Do not stop or kill it.

    A module has its own, so that no child of another story waits in its line.
    """
    folder = tmp_path_factory.mktemp("havn")
    if not os.environ.get("DATABASE_URL"):
        shutil.copytree(request.getfixturevalue("demo_folder"), folder, dirs_exist_ok=True, ignore=_left_behind)
    with running_server(folder) as server:
        yield server


def _left_behind(folder: str, names: list[str]) -> list[str]:
    """Sockets and what was printed stay where they are."""
    return [name for name in names if name.startswith("output-") or Path(folder, name).is_socket()]


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
