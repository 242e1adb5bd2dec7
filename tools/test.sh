#!/usr/bin/env bash
# Everything, in the order in which it is cheapest to hear bad news. The journeys in browsers end the output.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/check.sh
export PATH="$PWD/.venv/bin:$PATH" PYTHONUNBUFFERED=1
say() { printf '\n== %s\n' "$1"; }
workers=${WORKERS:-2}

# On a machine that others use too, a promise of seconds can be broken from outside. A test that failed runs once more,
# and whichever needed that is named at the end of its part.
twice=(--reruns 1 -rR)

say "A browser"
python -m tools.browser
say "The suite on PostgreSQL"
python -m tools.postgres python -m pytest -q -n "$workers" -m "not journey" "${twice[@]}"
say "The suite on SQLite"
env -u DATABASE_URL python -m pytest -q -n "$workers" -m "not journey" "${twice[@]}"
say "Journeys in a browser, and axe"
env -u DATABASE_URL python -m pytest -q -n "$workers" --dist loadfile -m journey "${twice[@]}"
