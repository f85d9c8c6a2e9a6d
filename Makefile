SHELL := /bin/bash -o pipefail
# Every command a developer types.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install run check test screens bench faults lock frozen package package-test package-check reproducible

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
	$(BIN)/python -m bench roadmap
	$(BIN)/python -m bench skills
	$(BIN)/python -m bench backups
	$(BIN)/python -m bench transfer

# The short form runs with the tests; this one takes about half an hour. NORTHING_SEED chooses other damage.
faults:
	NORTHING_FAULTS=100 $(BIN)/python -m pytest tests/faults -n 0 -x --timeout=7200

lock:
	uv pip compile --universal --generate-hashes --no-header pyproject.toml -o requirements.lock

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

# Builds this commit once more, in another folder, and compares every file.
reproducible: build/venv/ready
	rm -rf build/again && git clone -q . build/again
	build/venv/bin/python build/again/packaging/build.py --out build/again/dist --same-as dist/northing
	build/venv/bin/python build/again/packaging/linux/deb.py --frozen build/again/dist/northing --out build/again/dist
	cd build/again/dist && sha256sum -c ../../../dist/SHA256SUMS

package-check:
	desktop-file-validate packaging/linux/northing.desktop
	appstreamcli validate --no-net build/deb/usr/share/metainfo/org.northing.Northing.metainfo.xml
	zcat build/deb/usr/share/man/man1/northing.1.gz | mandoc -T lint -W warning
	lintian --fail-on error dist/northing_*.deb

# DEBIAN is the folder of that Debian; it is kept for the next time.
DEBIAN ?= build/debian12

# As root: installs, uses, upgrades and purges the package in a Debian of its own that has no Python.
package-test:
	build/venv/bin/python packaging/linux/deb.py --quick --version 0.0.1 --out build/older
	packaging/linux/test-deb.sh build/older/northing_0.0.1_*.deb dist/northing_[0-9]*.deb $(DEBIAN) 2>&1 | tee dist/package-test.log
