"""What one small server and one old phone feel: memory at rest, how soon it is up, what the first page weighs."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

from bench import servers
from tests.browser import chromium_options

# A slow phone on a slow line, as the issue names it: 150 ms, 1.6 Mbit/s, a processor at a quarter of its speed.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """idle_mb, ready_s, page_kb and first_paint_ms; a bare page of the same server is the floor of the paint."""
    folder = servers.fresh(scratch / "demo")
    with _demo(folder):
        pass
    ready = []
    for _ in range(1 if quick else 3):
        with _demo(folder) as (_, seconds, _):
            ready.append(seconds)
    with _demo(folder) as (process, _, port):
        address = f"http://localhost:{port}/"
        weight, paints, floors = _first_view(address, 2 if quick else 7)
        time.sleep(3 if quick else 10)
        memory = _memory_mb(process)
    return {
        "idle_mb": memory,
        "ready_s": median(ready),
        "page_kb": weight,
        "first_paint_ms": median(paints),
        "floor_first_paint_ms": median(floors),
    }


@contextmanager
def _demo(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", float, int]]:
    """`havn demo` on this folder: the process, seconds from its start to the first whole page, the port."""
    port = servers.free_port()
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "havn", "demo", "--port", str(port)],
        cwd=servers.ROOT,
        env=servers.environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - begun > 180:
                raise RuntimeError("The demo did not start.")
            time.sleep(0.02)
        yield process, time.monotonic() - begun, port
    finally:
        servers.stop(process)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _memory_mb(process: "subprocess.Popen[bytes]") -> float:
    """Proportional share of the supervisor and all its processes."""
    parent = psutil.Process(process.pid)
    return sum(servers.share_kb(one.pid) for one in (parent, *parent.children(recursive=True))) / 1024


def _first_view(address: str, times: int) -> tuple[float, list[float], list[float]]:
    """Kilobytes over the line for everything the first page needs, and times to its first words in milliseconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        weights, paints, floors = [], [], []
        for _ in range(times):
            for path, found in (("", paints), ("live/here", floors)):
                context = browser.new_context(locale="en", viewport={"width": 360, "height": 740})
                page = context.new_page()
                weight = _watch_weight(page)
                page.goto(address + path, wait_until="load")
                page.wait_for_timeout(300)
                found.append(_first_paint(page) if not path else _answered(page))
                if not path:
                    weights.append(sum(weight) / 1024)
                context.close()
        browser.close()
    return max(weights), paints, floors


def _watch_weight(page: Page) -> list[float]:
    line = page.context.new_cdp_session(page)
    weight: list[float] = []
    line.on("Network.loadingFinished", lambda event: weight.append(event["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return weight


def _first_paint(page: Page) -> float:
    script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    return float(page.evaluate(script))


def _answered(page: Page) -> float:
    timing: Any = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    return float(timing)
