# goodwill: two commands matter, `make demo` and `make test`.

PYTHON ?= python3.11
TOOLS := .tools
UV := $(TOOLS)/bin/uv
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# One more than there are cores: tests of pages wait for the browser most of their time.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
export UV_PYTHON_DOWNLOADS := never
# Many processes are started: none should compile what another has compiled.
export UV_COMPILE_BYTECODE := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint types tests tests-postgres tests-sail soak bench lock clean

demo: $(VENV)/installed  ## Install, build the demo company, refresh it, open its desk.
	$(BIN)/goodwill demo demo --port $(PORT)

test: lint types tests  ## Everything that must hold before a commit.

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

tests: $(VENV)/installed-dev  ## On every core and one more, a file of tests at a time, the longest first.
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

tests-postgres: $(VENV)/installed-dev  ## The desk's tests, its tables in a PostgreSQL made for them.
	GOODWILL_TEST_SOAK=1 $(BIN)/python tests/desk/postgres.py $(BIN)/python -m pytest -n auto --dist loadfile tests/desk

tests-sail: $(VENV)/installed-dev  ## Every test of SQL on Sail as well, and not only those that compare engines.
	GOODWILL_TEST_SAIL=1 $(BIN)/python -m pytest -n auto --dist loadfile \
	  tests/engine tests/journeys tests/language tests/value tests/watch

soak: $(VENV)/installed-dev  ## What takes long: 20 kills, 200 hostile uploads, both years of a shop.
	GOODWILL_TEST_SOAK=1 $(BIN)/python -m pytest -n auto --dist loadfile \
	  tests/test_killed_writers.py tests/records/test_crash.py tests/records/test_hostile.py \
	  tests/records/test_real_files.py tests/formats/test_formats.py \
	  tests/desk/test_import_hostile.py tests/desk/test_kills.py

bench: $(VENV)/installed-dev  ## make bench NAME=themes
	$(BIN)/python benchmarks/$(NAME).py

lock: $(UV)  ## Write the requirements anew, with hashes and no registry's name.
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --universal requirements/build.in -o requirements/build.txt
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --universal pyproject.toml -o requirements/run.txt
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --universal pyproject.toml --group dev -o requirements/dev.txt

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed (make PYTHON=...)"; exit 1; }
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/bin/python: $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)

$(VENV)/installed: $(VENV)/bin/python requirements/run.txt pyproject.toml
	$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements/build.txt
	$(UV) pip install --quiet --python $(VENV) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements/dev.txt
	$(UV) pip install --quiet --python $(VENV) --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) $(TOOLS) build dist .pytest_cache .mypy_cache .ruff_cache
