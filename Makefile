# The commands of CONTRIBUTING.md. Python 3.11 or later and make are enough to start.
PYTHON ?= python3
BIN := .venv/bin
export AMPARO_HOME ?= var

.PHONY: help setup setup-dev demo serve check test bench screenshots clean

help:  ## Say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/.runtime: requirements.lock requirements-setup.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-setup.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@

build/static/amparo.css: .venv/.runtime frontend/package-lock.json $(shell find frontend/styles tools/build_frontend.py -type f 2>/dev/null)
	$(BIN)/python tools/build_frontend.py

build/.messages: .venv/.runtime $(shell find src -name '*.po' 2>/dev/null)
	$(BIN)/python tools/messages.py compile
	mkdir -p build && touch $@

setup: .venv/.runtime build/static/amparo.css build/.messages  ## Make .venv and build/
setup-dev: setup .venv/.dev

demo: setup  ## Make the fictitious operation and serve it at http://127.0.0.1:8000/
	$(BIN)/amparo demo

serve: setup  ## Serve the installation in $$AMPARO_HOME
	$(BIN)/amparo serve

check: setup-dev  ## Lint, types, walls, templates, doctrine, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --no-incremental  # a warm cache loses the managers of django-stubs
	$(BIN)/lint-imports
	$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'src/*.html')
	$(BIN)/amparo doctrine check
	$(BIN)/amparo manage makemigrations --check --dry-run
	$(BIN)/python tools/messages.py check

test: setup-dev  ## Every test, on SQLite and on PostgreSQL, and the browser journeys
	$(BIN)/python tools/run_tests.py

bench: setup-dev  ## Measure and write build/bench.json
	$(BIN)/python -m tools.bench

screenshots: setup-dev  ## Make the pictures of the README again
	$(BIN)/python tools/screenshots.py

clean:  ## Remove what was built (not the data in var/)
	rm -rf .venv build frontend/node_modules
