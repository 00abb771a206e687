# What people and CI call. Everything happens in .venv; see CONTRIBUTING.md.
.POSIX:
BIN = .venv/bin
TESTED = src tests scripts benchmarks hatch_build.py

help:
	@echo "make demo   build every course in course_sources/ and say which file to open"
	@echo "make test   install what tests need, then check and test everything"
	@echo "make check  ruff, mypy --strict, import-linter"
	@echo "make pin    take the newest versions of all dependencies into constraints*.txt"
	@echo "make clean  remove what was built (not the environment)"

demo:
	@sh scripts/setup.sh run
	$(BIN)/coursepack build
	@$(BIN)/python scripts/opened.py

setup:
	@sh scripts/setup.sh test

check: setup
	@$(MAKE) --no-print-directory check-only

check-only:
	$(BIN)/ruff check $(TESTED)
	$(BIN)/ruff format --check $(TESTED)
	$(BIN)/mypy
	$(BIN)/lint-imports

# pytest comes last: its summary is the closing line. Two processes: a browser and a video encode fill two cores.
test: check
	@$(BIN)/python -m pytest -n 2 --dist loadfile -q $(ARGS)

pin: setup
	$(BIN)/python -m venv .venv-pin
	.venv-pin/bin/python -m pip install --quiet uv
	.venv-pin/bin/python scripts/pin.py
	rm -rf .venv-pin

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.PHONY: help demo setup check check-only test pin clean
