# Everything a person or CI does with a clone. `make run` and `make test` need Python 3.11+ and git, nothing else.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench shots messages lock clean test-pythons
PYTHON ?= python3
IN := .venv/bin/python

help:
	@echo "make run     try Havn: demo centres at http://localhost:8000 (PORT and HAVN_DATA override)"
	@echo "make check   the fast part: lint, types, import contracts, migrations"
	@echo "make test    everything, on PostgreSQL and SQLite, with browsers"
	@echo "make bench   measure speed into bench/latest.json"
	@echo "make shots   screenshots of every screen into docs/screens"
	@echo "make messages   gather the sentences to translate and compile the translations (needs gettext)"
	@echo "make lock    lock the dependencies again"
	@echo "make clean   remove what the other targets made (the demo's data too)"

# Each makes its environment first; a second time that is one comparison of checksums.
run:
	@$(PYTHON) tools/environment.py run
	@exec $(IN) -m havn demo

check:
	@$(PYTHON) tools/environment.py develop
	@bash tools/check.sh

test:
	@$(PYTHON) tools/environment.py develop
	@bash tools/test.sh

format:
	@$(IN) -m ruff check --fix --quiet . ; $(IN) -m ruff format --quiet .

bench:
	@$(PYTHON) tools/environment.py develop
	@$(IN) -m bench.run

shots:
	@$(PYTHON) tools/environment.py develop
	@$(IN) -m tools.browser
	@$(IN) -m tools.shots

messages:
	@$(PYTHON) tools/environment.py develop
	@$(IN) -m tools.messages

lock:
	@bash tools/lock.sh

test-pythons:
	@$(PYTHON) tools/environment.py develop
	@$(IN) -m tools.pythons

clean:
	rm -rf .venv .data dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
