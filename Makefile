# Every command a developer types.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install run check test screens bench faults lock package package-test

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

# The short form runs with the tests; this one takes about half an hour. NORTHING_SEED chooses other damage.
faults:
	NORTHING_FAULTS=100 $(BIN)/python -m pytest tests/faults -x --timeout=7200

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock

# A package of this Debian's own Python: make package; as root: make package-test
package:
	[ -x build/venv/bin/python ] || $(PYTHON) -m venv build/venv
	build/venv/bin/pip install -q . pyinstaller
	build/venv/bin/pip uninstall -q -y northing
	packaging/build.sh build/venv/bin/python dist
	packaging/linux/build_deb.sh dist dist

package-test:
	packaging/linux/test_deb.sh dist/northing_*.deb
