# Everything sets itself up: Python 3.11+, git and make are all it needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test check lighthouse soak fuzz bench score screenshot clean

site: .venv/ready  ## build the digest in this repository
	$(BIN)/digest build

test: .venv/ready  ## run all tests, on all processors
	$(BIN)/pytest --numprocesses auto --dist worksteal

check: .venv/ready  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lighthouse: .venv/ready  ## 100 of 100 for the pages that readers see most
	$(BIN)/pytest -m lighthouse

soak: .venv/ready  ## the long runs
	$(BIN)/pytest -m soak

fuzz: .venv/ready  ## inputs that seek what breaks the seed readers; SECONDS=3600 for longer
	$(BIN)/pip install --quiet --group fuzz
	$(BIN)/python tests/fuzz/readers.py -max_total_time=$(or $(SECONDS),60)

bench: .venv/ready  ## ratios to Hugo and Pelican; FULL=1 adds 100,000 articles
	$(BIN)/python bench/run.py $(if $(FULL),--sizes 1000,10000,100000)

score: .venv/ready  ## what comes of articles with known structure or stories: make score DATA="FOLDER FILE.jsonl"; MISSES=1 names each miss
	$(BIN)/python bench/score.py $(if $(MISSES),--misses) $(DATA)

screenshot: .venv/ready  ## the picture in the README
	$(BIN)/python examples/screenshot.py

clean:
	rm -rf .venv

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --editable . --group dev
	$(BIN)/python -m compileall -q digest  # as pip does with what is not editable
	touch $@
