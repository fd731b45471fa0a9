# `make` lists the targets. Only `python3` (3.11 or newer) and a package index are needed.

PYTHON ?= python3
SIZE ?= small
SERVE ?= 1
PORT ?= 8000
JSON ?=
SHOTS = .emporion/shots
BACK_OFFICE ?=
EMPORION = .venv/bin/emporion
# What Python compiled is kept: without it every process compiles two thousand modules anew, for seconds.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help install demo test quick shots lint style clean

help:
	@echo "make demo     run a whole edition and serve it at http://localhost:8000   (PORT=8010 SIZE=full SERVE=0 JSON=FILE)"
	@echo "make test     check the style, the types, the walls between rooms, and run every test"
	@echo "make quick    check the style, the types and the walls, and run the tests of kernels and rules, in a minute"
	@echo "make shots    take pictures of every page, both languages, narrow and wide, light and dark, and check them"
	@echo "make install  prepare the environment only"
	@echo "make clean    remove the environment and the embedded database"

install: .venv/installed

# uv is taken from the lock itself, by its hash; where uv cannot reach the index that pip is set up for, pip installs.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	@awk '/^uv==/{p=1} p{print} p&&!/\\$$/{exit}' requirements.lock > .venv/uv.lock
	.venv/bin/python -m pip install --quiet --require-hashes -r .venv/uv.lock
	.venv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python requirements.lock \
	  || .venv/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e . \
	  || .venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(EMPORION) compile
	@touch $@

demo: install
	$(EMPORION) demo --size $(SIZE) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve) $(if $(JSON),--json $(JSON))

style: install
	.venv/bin/ruff check src tests benchmarks
	.venv/bin/ruff format --check src tests benchmarks
	.venv/bin/lint-imports
	.venv/bin/mypy

lint: style
	$(EMPORION) docs --check

# Two processes share the tests file by file; each has a database of its own, cloned from one template.
test: lint
	EMPORION_HOME=.emporion/test .venv/bin/pytest --numprocesses 2 --dist loadgroup --durations 20

# What needs no database, but for the tests that start processes of their own; its home is free beside `make test`.
quick: style
	EMPORION_HOME=.emporion/quick .venv/bin/pytest -m "not slow" tests/kernels tests/architecture tests/domain/*/test_rules.py

# Every page in both languages, narrow and wide, light and dark, checked for accessibility; BACK_OFFICE=1 adds Django's lists.
shots: install
	rm -rf $(SHOTS) && mkdir -p $(SHOTS)
	EMPORION_HOME=.emporion/test EMPORION_SHOTS=$(CURDIR)/$(SHOTS) EMPORION_BACK_OFFICE=$(BACK_OFFICE) \
	  .venv/bin/pytest tests/web/test_accessibility.py || true
	.venv/bin/python -m tests.web.contact_sheets $(SHOTS)
	@echo "The sheets are in $(SHOTS)/sheets."

clean:
	rm -rf .venv .emporion
