# Desk Pilkada. "make" alone lists what there is. Needs GNU make, a POSIX shell and Python 3.11 or newer.
#
# There is one environment, .venv: "make run" fills it from requirements.lock (what the application needs), everything
# else from requirements-dev.lock, which holds all of the first. The stamps make a second call cost nothing.

PY = .venv/bin/python
RUNTIME = .venv/runtime.stamp
DEV = .venv/dev.stamp
# Tests run on as many processes as there are cores, four at most: more only wait for the database.
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -gt 4 ] && n=4; echo $$n)

.DEFAULT_GOAL := help
.PHONY: help env run test test-sqlite test-postgres test-browser check format bench stress shots lock clean

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-22s %s\n' "$$name" "$$text"; done

env: $(DEV) ## Build or complete .venv with everything that tests and checks need

run: $(RUNTIME) ## Start a desk with Kaltim's data and the demo (PORT=8000, DESK_DATA=var)
	@$(PY) scripts/native.py --install || true
	@exec $(PY) scripts/serve.py

test: $(DEV) ## Run the whole suite: on SQLite, on PostgreSQL and in Chromium
	@JOBS=$(JOBS) sh scripts/test.sh sqlite postgresql browser

test-sqlite: $(DEV) ## Run only the SQLite part (quick)
	@JOBS=$(JOBS) sh scripts/test.sh sqlite

test-postgres: $(DEV) ## Run only the PostgreSQL part
	@JOBS=$(JOBS) sh scripts/test.sh postgresql

test-browser: $(DEV) ## Run only the Chromium part
	@JOBS=$(JOBS) sh scripts/test.sh browser

check: $(DEV) ## Read the source: format, lint, types, floors, lock files
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh scripts/check.sh

format: $(DEV) ## Put the Python source into its one form
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

bench: $(DEV) ## Measure speed and memory against the floor application; a table and JSON
	@$(PY) -m bench

stress: $(DEV) ## Attack a running desk with kills, faults and forgeries (QUICK=1: some minutes; LONG=1: hours)
	@$(PY) -m tests.stress

shots: $(DEV) ## Photograph every main page at 1280 and 390 px into docs/
	@$(PY) -m scripts.shots

lock: $(DEV) ## Write both lock files anew from pyproject.toml
	@sh scripts/lock.sh

clean: ## Remove the environment and caches (never var/, the desk's own data)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(DEV): requirements-dev.lock scripts/env.sh
	@sh scripts/env.sh requirements-dev.lock
	@touch $(RUNTIME) $(DEV)

$(RUNTIME): requirements.lock scripts/env.sh
	@sh scripts/env.sh requirements.lock
	@touch $(RUNTIME)
