"""What citizens read: a page through the front door beside granian, the directory's answer, a search."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlencode

import psutil

from bench import servers
from bench.load import percentile
from bench.readers import get, pages_in, rush, seconds_of

House = tuple[int, psutil.Process]


class Round(NamedTuple):
    """Pages a second by the clock and by processor time, and the share of the core that the server had."""

    per_s: float
    per_cpu_s: float
    busy: float


ARTICLES = 10_000
READERS = 100
# In these there are addresses; pages in others are found from one of them.
ADDRESSED = ("nb", "en", "da")
BUSY = 0.85
WISHES = (
    {},
    {"country": "NO"},
    {"language": "de"},
    {"language": "pl", "for": "children"},
    {"country": "PL", "language": "uk"},
    {"for": "parents"},
    {"about": "cyberbullying"},
    {"country": "AT", "for": "children"},
)


def run(scratch: Path, quick: bool = False) -> dict[str, float]:
    """page_ratio, page_cached_ratio, page_rush_renders, directory_ms and search_ms."""
    folder = servers.fresh(scratch / "library")
    variables = servers.environment(folder, HAVN_DEMO="1", HAVN_FRONT="loopback")
    variables["DJANGO_SETTINGS_MODULE"] = "havn.config.settings"
    told = folder / "library.json"
    articles = ARTICLES // 10 if quick else ARTICLES
    subprocess.run(
        [sys.executable, "-m", "bench.library", str(articles), str(told)], cwd=servers.ROOT, env=variables, check=True
    )
    library = json.loads(told.read_text())
    rounds, seconds = (2, 1.5) if quick else (7, 3.0)
    with servers.serving(folder, variables) as (port, live):
        house = (port, live.parent())
        figures = {"page_rush_renders": float(len(set(rush(port, get(library["article"], cookie=False), READERS))))}
        figures |= _beside(house, variables, "havn.config.wsgi:application", "page", library, rounds, seconds)
        figures |= _beside(house, variables, "bench.kept:application", "page_cached", library, rounds, seconds)
        figures |= _answers(port, library, 2 if quick else 10)
    return figures


def _beside(
    house: House, variables: dict[str, str], app: str, name: str, library: dict[str, Any], rounds: int, seconds: float
) -> dict[str, float]:
    """The same page by both in turns on the same core, each idle while the other works: the median of the rounds.

    Pages a second of the wall clock; beside it the same a second of processor time of all processes of a server. A
    round in which something else had the core, or in which the client was too slow to fill it, says nothing.
    """
    request = get(library["article"], cookie=name == "page")
    found: list[tuple[Round, Round]] = []
    with servers.granian(app, variables) as granian:
        for port, _process in (granian, house):
            # Waits for the first page: granian listens before its worker is there.
            rush(port, request, 1)
            pages_in(port, request, seconds / 3)
        for _ in range(rounds * 3):
            pair = _round(granian, request, seconds), _round(house, request, seconds)
            if all(one.busy >= BUSY for one in pair):
                found.append(pair)
            if len(found) == rounds:
                break
    if len(found) < min(rounds, 3):
        raise RuntimeError(f"{name}: the server's core was never its own.")
    return {
        f"{name}_ratio": median(ours.per_s / its.per_s for its, ours in found),
        f"{name}_cpu_ratio": median(ours.per_cpu_s / its.per_cpu_s for its, ours in found),
        f"{name}_per_s": median(ours.per_s for _, ours in found),
        f"floor_{name}_per_s": median(its.per_s for its, _ in found),
    }


def _round(server: House, request: bytes, seconds: float) -> Round:
    port, process = server
    before, begun = servers.cpu_seconds_of_all(process.pid), time.monotonic()
    pages = pages_in(port, request, seconds)
    took, spent = time.monotonic() - begun, servers.cpu_seconds_of_all(process.pid) - before
    if not pages:
        raise RuntimeError("No page came.")
    return Round(pages / took, pages / spent, spent / took)


def _answers(port: int, library: dict[str, Any], times: int) -> dict[str, float]:
    wishes = [f"/nb/directory?{urlencode(wish)}" for _ in range(times) for wish in WISHES]
    searches = [
        f"/{language if language in ADDRESSED else 'nb'}/search?{urlencode({'q': words, 'in': where})}"
        for language, looked_for in library["words"].items()
        for number, words in enumerate(looked_for)
        for where in ["all" if number % 4 == 0 else language]
    ]
    return {
        f"{name}_ms": percentile(_warm(port, paths, seconds_of), 0.95)
        for name, paths in (("directory", wishes), ("search", searches))
    }


def _warm(port: int, paths: list[str], measure: Callable[[int, list[str]], list[float]]) -> list[float]:
    """Without the first ones, which load templates and open the database in each of web's threads."""
    measure(port, paths[:12])
    return measure(port, paths)
