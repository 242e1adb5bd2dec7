"""`make bench`: every figure of the issue, floor and product in one run, written to bench/latest.json.

`python -m bench.run [group …] [--quick]`: groups are the modules in GROUPS; each has `run(scratch, quick)`, which
returns a flat dictionary of key -> number. Runs on the disk of this folder, never on tmpfs.
"""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRATCH = HERE / "scratch"
LATEST = HERE / "latest.json"
GROUPS = (
    "chat", "streams", "pages", "starts", "public", "letters", "mailbox", "desk", "figures", "forms", "small", "trends",
    "releases",
)  # fmt: skip


def main() -> int:
    quick = "--quick" in sys.argv
    wanted = [word for word in sys.argv[1:] if not word.startswith("--")] or list(GROUPS)
    SCRATCH.mkdir(exist_ok=True)
    found = subprocess.run(["stat", "-f", "-c", "%T", SCRATCH], capture_output=True, text=True, check=False)
    if found.stdout.strip() in {"tmpfs", "ramfs"}:
        sys.exit("bench/scratch lies in memory: measure on a real disk.")
    from bench import report
    from bench.servers import use_client_core

    use_client_core()
    figures = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    for group in wanted:
        found = importlib.import_module(f"bench.{group}").run(SCRATCH, quick)
        figures |= {key: round(float(value), 4) for key, value in found.items()}
        for key, value in found.items():
            print(f"{key:28} {value:12.3f}", flush=True)
    if not quick:
        fresh = LATEST.with_suffix(".new")
        fresh.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n")
        os.replace(fresh, LATEST)
        report.write(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
