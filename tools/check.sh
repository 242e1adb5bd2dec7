#!/usr/bin/env bash
# The fast part: what can be said about the code without running a test.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONUNBUFFERED=1
say() { printf '\n== %s\n' "$1"; }

say "Lint (ruff, djlint)"
ruff check --quiet .
ruff format --check --quiet . || { echo "Run: make format"; exit 1; }
djlint --quiet --lint havn
say "Types (mypy --strict)"
HAVN_DATA=$(mktemp -d) mypy
say "Import contracts (import-linter)"
lint-imports --no-logo 2>/dev/null || lint-imports
say "Migrations fit the models"
HAVN_DATA=$(mktemp -d) python -W error::SyntaxWarning -m django makemigrations --check --dry-run --settings havn.config.settings
