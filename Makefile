SHELL := /bin/bash -o pipefail
# Every command a developer types.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install run check test screens bench faults lock frozen package package-test package-check

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
	$(BIN)/python -m bench objectives

# The short form runs with the tests; this one takes about half an hour. NORTHING_SEED chooses other damage.
faults:
	NORTHING_FAULTS=100 $(BIN)/python -m pytest tests/faults -x --timeout=7200

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements.lock

# On a bare Debian 12: apt install make git binutils dpkg-dev python3-venv and what packaging/linux/build-needs lists.
build/venv/ready: requirements.lock packaging/requirements.txt
	$(PYTHON) -m venv build/venv
	build/venv/bin/pip install -q --require-hashes -r requirements.lock
	build/venv/bin/pip install -q -r packaging/requirements.txt
	touch $@

frozen: build/venv/ready
	build/venv/bin/python packaging/build.py

package: frozen
	build/venv/bin/python packaging/linux/deb.py

package-check:
	desktop-file-validate packaging/linux/northing.desktop
	appstreamcli validate --no-net build/deb/usr/share/metainfo/org.northing.Northing.metainfo.xml
	zcat build/deb/usr/share/man/man1/northing.1.gz | mandoc -T lint -W warning
	lintian --fail-on error dist/northing_*.deb

# As root: installs, uses, upgrades and purges the package in a Debian of its own that has no Python.
package-test:
	build/venv/bin/python packaging/linux/deb.py --version 0.0.1 --out build/older
	build/venv/bin/python packaging/linux/deb.py
	packaging/linux/test-deb.sh build/older/northing_0.0.1_*.deb dist/northing_[0-9]*.deb 2>&1 | tee dist/package-test.log
