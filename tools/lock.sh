#!/usr/bin/env bash
# Locks the dependencies with their hashes, for every platform and Python from 3.11. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header)
uv pip compile pyproject.toml "${options[@]}" -o requirements/run.txt
uv pip compile pyproject.toml --group dev "${options[@]}" -c requirements/run.txt -o requirements/develop.txt
