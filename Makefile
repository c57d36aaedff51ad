# Two commands for a fresh machine with only Python: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export NUMBA_CACHE_DIR := $(CURDIR)/$(VENV)/numba-cache
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test lint types unit notebooks lock clean

setup: $(STAMP)

$(STAMP): pyproject.toml requirements/lock.txt
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(f"vocmine needs Python 3.10 to 3.13, this is {v[0]}.{v[1]}: make PYTHON=python3.12" if not (3, 10) <= v <= (3, 13) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps -r requirements/lock.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	$(BIN)/python -c 'from vocmine.topics.discover import warm_up; warm_up()'
	touch $(STAMP)

demo: setup
	$(BIN)/vocmine demo --out demo-out

test: lint types unit

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

unit: setup
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile

notebooks: setup
	$(BIN)/python -m notebooks.run

lock:
	requirements/compile.sh

clean:
	rm -rf $(VENV) demo-out build dist
