# `make evaluate` and `make test` are all that a clone needs; everything goes to .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help evaluate test lint lock gold clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

evaluate: .venv/base ## score every baseline on the shipped gold
	@$(BIN)/quotebench run

test: .venv/test ## lint, check types and run all tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy
	@$(BIN)/python -m pytest -q -n auto

lint: .venv/test ## format, then lint and check types
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix . && $(BIN)/mypy

gold: .venv/test ## rebuild the gold from its annotation files, then the README
	@$(BIN)/python scripts/build_gold.py && $(BIN)/python scripts/build_readme.py

# The locks hold versions and hashes only, for every platform: no index is named.
lock: .venv/test ## compile requirements/*.txt anew from pyproject.toml
	@$(PIP) install uv
	@for extra in base test; do \
	  $(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --extra $$([ $$extra = test ] && echo test || echo learned) --extra build \
	    pyproject.toml -o requirements/$$extra.txt || exit 1; done

clean: ## remove .venv and caches
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/base: requirements/base.txt pyproject.toml | .venv/bin/python
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: requirements/test.txt .venv/base | .venv/bin/python
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@
