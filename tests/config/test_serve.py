"""`havn serve`: what the supervisor promises, with real processes."""

import os
import resource
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.config.certificates import make_certificate
from tests.server import ROOT, Server

# Nothing here depends on the database: once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.skipif("DATABASE_URL" in os.environ, reason="shown on SQLite")]


def havn(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `havn` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "havn", *words], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def status_of(url: str) -> int:
    """The status of a page, errors included."""
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("name", ["live", "web", "worker"])
def test_a_killed_process_is_started_again(own_server: Callable[..., Server], name: str) -> None:
    server = own_server("serve")
    old = server.child(name).pid
    server.kill(name)
    server.wait_for_child(name, old)
    assert status_of(server.url + "/static/x/common/havn.css") == 200


def test_nobody_is_refused_while_the_processes_start_again(own_server: Callable[..., Server]) -> None:
    server = own_server("serve")
    old = server.child("live").pid
    server.kill("live")
    server.kill("web")
    # The supervisor holds both sockets: a request waits a moment and is answered.
    assert status_of(server.url + "/") == 404
    server.wait_for_child("live", old)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_with_all_processes_within_three_seconds(own_server: Callable[..., Server], number: int) -> None:
    server = own_server("serve")
    assert server.process is not None
    children = psutil.Process(server.process.pid).children(recursive=True)
    held = [socket.create_connection(("localhost", server.port)) for _ in range(20)]
    begun = time.monotonic()
    server.process.send_signal(number)
    assert server.process.wait(10) == 0
    assert time.monotonic() - begun < 3
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    for line in held:
        line.close()


def test_a_process_that_ignores_the_signal_is_ended_in_time(own_server: Callable[..., Server]) -> None:
    server = own_server("serve")
    frozen = server.child("web")
    frozen.suspend()
    assert server.stop() < 3
    assert not frozen.is_running() or frozen.status() == psutil.STATUS_ZOMBIE


def test_the_processes_end_when_the_supervisor_is_killed(own_server: Callable[..., Server]) -> None:
    server = own_server("serve")
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    server.process.kill()
    _, alive = psutil.wait_procs(children, timeout=4)
    assert alive == []


def test_the_supervisor_stays_small_and_children_may_open_many_files(empty_server: Server) -> None:
    assert empty_server.process is not None
    supervisor = psutil.Process(empty_server.process.pid)
    assert supervisor.memory_full_info().pss < 25_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft_of_live, _ = resource.prlimit(empty_server.child("live").pid, resource.RLIMIT_NOFILE)
    assert soft_of_live == (262_144 if hard == resource.RLIM_INFINITY else min(hard, 262_144))


def test_no_process_may_dump_its_memory(empty_server: Server) -> None:
    for name in ("live", "web", "worker"):
        assert resource.prlimit(empty_server.child(name).pid, resource.RLIMIT_CORE) == (0, 0)


def test_the_socket_between_the_processes_is_closed_to_other_users(empty_server: Server) -> None:
    assert (empty_server.data / "run" / "web.sock").stat().st_mode & 0o777 == 0o600
    assert (empty_server.data / "run").stat().st_mode & 0o077 == 0


def test_no_file_of_the_data_folder_is_open_to_other_users(empty_server: Server) -> None:
    ours = [path for path in empty_server.data.rglob("*") if not path.name.startswith("output-")]
    assert ours
    assert [path for path in ours if path.lstat().st_mode & 0o077] == []


def test_nothing_secret_is_in_the_processes_arguments(empty_server: Server) -> None:
    for name in ("live", "web", "worker"):
        assert len(empty_server.child(name).cmdline()) == 3


def test_a_taken_port_is_one_sentence(empty_server: Server, tmp_path: Path) -> None:
    ended = havn("serve", "--port", str(empty_server.port), HAVN_DATA=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {empty_server.port} is taken")
    assert ended.stderr.count("\n") == 1


def test_a_second_havn_on_the_same_data_is_one_sentence(empty_server: Server) -> None:
    ended = havn("serve", "--port", "0", HAVN_DATA=str(empty_server.data))
    assert ended.returncode == 1
    assert "already runs" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = havn("serve", "--port", "0", HAVN_DATA=str(tmp_path / "file" / "data"))
    assert ended.returncode == 1
    assert "cannot write to its data folder" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_port_that_is_no_number_is_one_sentence(tmp_path: Path) -> None:
    ended = havn("serve", HAVN_DATA=str(tmp_path), PORT="eighty")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--host", "::"), ("--cert", "/x.pem")])
def test_it_serves_this_machine_only_unless_the_way_is_protected(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = havn("serve", "--port", "0", *words, HAVN_DATA=str(tmp_path))
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)


def test_a_database_of_another_release_is_one_sentence(tmp_path: Path) -> None:
    ended = havn("serve", "--port", "0", HAVN_DATA=str(tmp_path), DATABASE_URL="")
    assert ended.returncode == 1
    assert "havn migrate" in ended.stderr


def test_behind_a_proxy_only_the_proxy_is_answered(own_server: Callable[..., Server]) -> None:
    server = own_server("serve", "--behind-proxy", "10.9.9.9")
    assert status_of(server.url + "/") == 403


def test_behind_a_proxy_on_this_machine_browsers_are_told_to_stay_on_https(own_server: Callable[..., Server]) -> None:
    server = own_server("serve", "--behind-proxy", "127.0.0.1")
    for url in (server.url, server.other_url):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{url}/live/nothing", timeout=20)
        assert caught.value.code == 404
        assert caught.value.headers["Strict-Transport-Security"] == "max-age=63072000"
        caught.value.close()


def test_with_a_certificate_it_speaks_https(own_server: Callable[..., Server], tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    server = own_server("serve", "--cert", str(certificate), "--key", str(key))
    trusting = ssl.create_default_context(cafile=str(certificate))
    address = f"https://localhost:{server.port}/static/x/common/havn.css"
    with urllib.request.urlopen(address, timeout=20, context=trusting) as response:
        assert response.status == 200


def test_many_requests_at_once_are_all_answered(empty_server: Server) -> None:
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(status_of(empty_server.url + "/"))) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [404] * 100
