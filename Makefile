# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.ready

.PHONY: demo test lint gate bench docs lock clean wheel-test unit help

help:
	@echo "make demo    build the example dossiers and say where they lie"
	@echo "make test    everything that must hold: format, types, import contracts, tests, gold floors, wheel"
	@echo "make lint    format, types and import contracts only"
	@echo "make gate    measure on gold/ and refuse figures under their floors"
	@echo "make docs    write docs/reference/ anew from the program"
	@echo "make bench   measure against public corpora beside the checkout (skips with the reason where they are absent)"

$(STAMP): requirements.lock pyproject.toml models/news/pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "lagebild needs Python 3.11 or newer; call make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e models/news -e .
	@touch $(STAMP)

demo: $(STAMP)
	@for pile in faehre werk grenze; do \
	  $(BIN)/lagebild build examples/$$pile --out demo/$$pile --quiet || exit $$?; done
	@echo
	@echo "Three dossiers are ready. Open one of these in a browser:"
	@for pile in faehre werk grenze; do echo "  $(CURDIR)/demo/$$pile/dossier.html"; done

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(STAMP)
	$(BIN)/python -m pytest

gate: $(STAMP)
	$(BIN)/python -m gold

wheel-test: $(STAMP)
	$(BIN)/python tests/wheel.py

test: lint unit gate wheel-test

bench: $(STAMP)
	$(BIN)/python -m benchmarks

docs: $(STAMP)
	$(BIN)/python docs/generate.py

# Pins with hashes and without download hosts; needs uv (pip install uv).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --no-emit-package lagebild-models --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) demo build dist
