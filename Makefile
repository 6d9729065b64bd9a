# Littlefoot's commands. `make run` starts everything; `make test` checks that all of it works.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:

PYTHON ?= python3
DEMO ?= 1
UV := .tools/uv/bin/uv
BIN := .venv/bin
export UV_SYSTEM_CERTS := 1
export UV_NO_CONFIG := 1
export UV_PROJECT_ENVIRONMENT := .venv

say = @printf '== %s\n' $(1)

.PHONY: help
help:
	@echo 'make run      start Littlefoot here, with a demo clinic (DEMO=0: empty)'
	@echo 'make demo     throw the demo away and build it anew, then start'
	@echo 'make test     every test, browser included'
	@echo 'make quick    the tests without browsers and without faults'
	@echo 'make check    everything that can be checked without running the product'
	@echo 'make venv     only install the Python packages'
	@echo 'make assets   only build the styles and scripts'
	@echo 'make lock     compile the lock files anew from the .in files'
	@echo 'make clean    remove what was installed and built here; data stay'

# ---- what has to be there -----------------------------------------------------------------------------------

$(UV): requirements-uv.lock
	$(call say,'Installing the installer (uv)')
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Littlefoot needs Python 3.11 or newer; name one with PYTHON=, for instance make PYTHON=python3.12 run.' >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo 'Python has no pip here. On Debian: apt-get install -y python3-pip' >&2; exit 1; }
	@rm -rf .tools/uv && PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --target .tools/uv -r requirements-uv.lock
	@touch $@

.venv/pyvenv.cfg: | $(UV)
	@$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv

# The product's packages; what the tests add stays if it is already there.
.venv/.run-ready: requirements.lock requirements-dev.lock | $(UV) .venv/pyvenv.cfg
	$(call say,'Installing the Python packages')
	@if [ -e .venv/.test-ready ]; then $(UV) pip sync --quiet requirements-dev.lock; else $(UV) pip sync --quiet requirements.lock; fi
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "littlefoot.pth").write_text("$(CURDIR)\n")'
	@touch $@

.venv/.test-ready: requirements-dev.lock .venv/.run-ready
	$(call say,'Installing the packages for tests')
	@$(UV) pip sync --quiet requirements-dev.lock
	@touch $@

.PHONY: venv
venv: .venv/.test-ready

.PHONY: lock
lock: $(UV)
	@for name in requirements-uv requirements requirements-dev; do \
	  echo "== $$name.lock"; \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(LOCK) "$$name.in" -o "$$name.lock"; \
	done

.PHONY: clean
clean:
	rm -rf .venv .tools node_modules assets/dist staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
