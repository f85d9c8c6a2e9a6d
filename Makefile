# Every command a developer types.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install run check test screens bench faults lock

install:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -e '.[dev]'

run:
	$(BIN)/northing

test:
	$(BIN)/python -m pytest

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry app

screens:
	$(BIN)/python -m tests.screens screens

bench:
	$(BIN)/python -m bench

# The harnesses lie outside the repository: make faults FAULTS=/path/to/them
faults:
	$(BIN)/python $(FAULTS)/kill_loop.py -n 200 -- $(BIN)/python -m tests.driver

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock
