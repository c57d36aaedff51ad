# Two commands for a fresh machine with only Python: `make demo` and `make test`. `make check` is the inner loop.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(PYTHON) requirements/install.py --venv $(VENV)
RUN := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile
export NUMBA_CACHE_DIR := $(abspath $(VENV))/numba-cache
export MPLCONFIGDIR := $(abspath $(VENV))/matplotlib
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# 100,000 damaged files; a finding repeats by its seed (FUZZ_SEED, and the number behind the bar)
FUZZ ?= 100000
FUZZ_SEED ?= 1

.PHONY: setup setup-test demo test check lint types unit fast fuzz notebooks lock clean

setup: $(VENV)/.demo
setup-test: $(VENV)/.test

# One environment, two groups: what the main job needs, and all that the tests need besides.
$(VENV)/.demo: pyproject.toml requirements/demo.txt requirements/install.py
	$(INSTALL) demo
	touch $@

$(VENV)/.test: pyproject.toml requirements/demo.txt requirements/test.txt requirements/install.py
	$(INSTALL) test
	touch $(VENV)/.demo $@

demo: setup
	$(BIN)/vocmine demo --out demo-out

test: lint types unit

check: lint types fast

lint: setup-test
	$(BIN)/ruff check .

# The stubs that Python 3.10 still gets (numpy 2.2) know less than the code is written for.
types: setup-test
	if $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then $(BIN)/mypy; else echo 'types are checked from Python 3.11 on'; fi

unit: setup-test
	$(RUN)

fast: setup-test
	$(RUN) -m fast tests

fuzz: setup-test
	VOCMINE_FUZZ=$(FUZZ) VOCMINE_FUZZ_SEED=$(FUZZ_SEED) $(RUN) tests/fuzz

notebooks: setup-test
	$(BIN)/python -m notebooks.run

lock:
	requirements/compile.sh

clean:
	rm -rf $(VENV) demo-out build dist
