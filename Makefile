# Two commands for a stranger: `make playground` and `make test`. Both make their own virtual environment from uv.lock:
# with uv when it is on the PATH, otherwise with plain venv and pip, which bring the same uv into that environment.
PYTHON ?= python3
VENV := .venv
UV := $(shell command -v uv 2>/dev/null)
STAMP := $(VENV)/.synced

.PHONY: playground test check format lock bench clean

playground: $(STAMP)
	$(VENV)/bin/daylark playground

test: $(STAMP)
	$(VENV)/bin/python -m pytest -n auto --dist loadgroup

check: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest -q tests/test_architecture.py

format: $(STAMP)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(STAMP)
	$(VENV)/bin/python -m tests.bench

$(STAMP): pyproject.toml uv.lock
ifdef UV
	$(UV) sync --frozen --quiet
else
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet 'uv>=0.5'
	VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv sync --frozen --active --quiet
endif
	@touch $@

lock:
	uv lock

clean:
	rm -rf $(VENV)
