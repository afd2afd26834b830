# make run    set up once, solve the example, say where the results are
# make test   set up once, then every check: style, types, imports, tests
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
EXAMPLE := scenarios/us-2026-30gw.yaml
FUTURES := scenarios/dear-and-late.yaml
WORKERS ?= 2
THOROUGH_TESTS := tests/test_brute_force.py tests/solvers/test_referee.py tests/plan/test_brute.py \
  tests/plan/test_audit_random.py tests/scenario/test_fingerprint.py tests/formulation/test_laws.py \
  tests/formulation/test_tree_laws.py tests/browser/test_sessions.py tests/browser/test_one_run.py
BENCH ?= quick
BENCH_OPTIONS ?=
BENCH_BIN := $(VENV)/bench/bin
BENCH_STAMP := $(VENV)/bench/.installed

.PHONY: run test thorough lint browser screenshots bench bench-lock lock interface pictures clean
.DEFAULT_GOAL := test

# The stamp is newer than the lock once everything in it is installed: the set-up is done once.
$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: $(STAMP)
	$(BIN)/planner solve $(EXAMPLE)

test: $(STAMP) lint browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# Every random case of the tests that draw some; a few of them are in the suite (minutes; docs/thorough.md says when it last passed).
thorough: $(STAMP) browser
	PLANNER_THOROUGH=1 $(BIN)/python -m pytest -n $(WORKERS) -q $(THOROUGH_TESTS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The screen is tested in a real browser: takes the one that is there or installs one, with Japanese fonts; never goes without.
browser: $(STAMP)
	$(BIN)/python tests/browser/find_browser.py

# Pictures of every page in both languages and both themes, into docs/screen/.
screenshots: $(STAMP) browser
	$(BIN)/python -m tests.browser.pictures

# Everything on the list: make bench BENCH=full (up to a day; stopped, it goes on where it was). What else can be asked: BENCH_OPTIONS.
bench: $(BENCH_STAMP)
	$(BENCH_BIN)/python -m benchmarks.speed --instances $(BENCH) $(BENCH_OPTIONS)

# The competitors' libraries have a place of their own: nothing else needs them.
$(BENCH_STAMP): requirements-bench.lock
	test -x $(BENCH_BIN)/python || $(PYTHON) -m venv $(VENV)/bench
	$(BENCH_BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@

# What both sets hold keeps the versions of requirements.lock.
bench-lock:
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet pip-tools
	PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(VENV)/lock/bin/pip-compile --quiet --extra bench --constraint requirements.lock \
	  --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-emit-options --upgrade -o requirements-bench.lock pyproject.toml

# Regenerates the page of the interface from the code.
interface: $(STAMP)
	$(BIN)/planner schema --markdown > docs/interface.md.new && mv docs/interface.md.new docs/interface.md

# Draws the README's pictures again from fresh solves of its examples.
pictures: $(STAMP)
	rm -rf $(VENV)/pictures && $(BIN)/planner solve $(EXAMPLE) --out $(VENV)/pictures > $(VENV)/pictures.txt
	cp $(VENV)/pictures/*/ramp.svg $(VENV)/pictures/*/gantt.svg docs/
	rm -rf $(VENV)/pictures && $(BIN)/planner solve $(FUTURES) --out $(VENV)/pictures > $(VENV)/pictures.txt
	cp $(VENV)/pictures/*/tree.svg docs/

# Resolves the newest versions pyproject.toml allows and writes them with the hashes of their public files.
lock: $(STAMP)
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet pip-tools
	PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(VENV)/lock/bin/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe \
	  --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --no-emit-options --upgrade -o requirements.lock pyproject.toml

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build *.egg-info
