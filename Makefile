# SPDX-License-Identifier: BSD-3-Clause
# make demo   runs the main job on the embedded sample and writes ./demo
# make test   builds and runs the C++ tests (CTest) and the Python tests (pytest)
# Both set everything up first: .venv in this folder, packages from PyPI, and from Debian what PyPI does not have.

PYTHON ?= python3
VENV := .venv
BUILD := build/release
BIN := $(VENV)/bin
JOBS ?= $(shell nproc)
# ON in CI: a warning in our own code stops the build.
WARNINGS_AS_ERRORS ?= OFF
PYTEST_ARGS ?= -m "not slow"
CTEST_ARGS ?= -LE slow

export PYTHON
# As `activate` does, so that CMake finds this Python too.
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export PATH := $(CURDIR)/$(BIN):$(PATH)
export CMAKE_GENERATOR := Ninja
export CMAKE_BUILD_PARALLEL_LEVEL := $(JOBS)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
ifneq ($(shell command -v ccache 2>/dev/null),)
export CMAKE_CXX_COMPILER_LAUNCHER := ccache
endif
# Where the PyPI packages keep the headers of Boost and Eigen and the CMake package of pybind11.
SITE_PACKAGES = $(shell $(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")

SOURCES := CMakeLists.txt pyproject.toml README.md LICENSE \
           $(shell find cmake include src bindings python/shequ -type f -not -name '*.pyc')
CXX_FILES = $(shell find include src bindings tests benchmarks examples -name '*.hpp' -o -name '*.cpp')
BENCHMARKS = benchmarks.include_cost $(patsubst benchmarks/python/%.py,benchmarks.python.%,\
               $(wildcard benchmarks/python/[a-z]*.py))
PYTHON_FILES := python tests benchmarks examples

.PHONY: demo test cpp-test python-test slow-test lint lint-format lint-ruff lint-types lint-tidy format sanitize sanitize-thread sanitize-thread-quick bench clean
.DEFAULT_GOAL := test

demo: $(VENV)/.package
	$(BIN)/shequ demo || test $$? -eq 1  # 1: two communities of the sample need attention, as is meant

test: cpp-test python-test

# The extension and the tests share one build folder, so that the library is compiled once.
cpp-test: $(VENV)/.package
	tools/system_packages.sh catch2
	cmake -S . -B $(BUILD) -DSHEQU_BUILD_TESTS=ON >$(BUILD)/configure.log || { cat $(BUILD)/configure.log; exit 1; }
	cmake --build $(BUILD)
	ctest --test-dir $(BUILD) --parallel $(JOBS) --output-on-failure --no-tests=error $(CTEST_ARGS)

python-test: $(VENV)/.package $(VENV)/.test-tools
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal $(PYTEST_ARGS)

# What `make test` leaves out because it takes long.
slow-test: CTEST_ARGS = -L slow
slow-test: PYTEST_ARGS = -m slow
slow-test: cpp-test python-test

# `make -k lint` goes on after the first linter that finds something.
lint: lint-format lint-ruff lint-types lint-tidy

lint-format: $(VENV)/.lint-tools
	$(BIN)/clang-format --dry-run --Werror $(CXX_FILES)
	$(BIN)/ruff format --check $(PYTHON_FILES)

lint-ruff: $(VENV)/.lint-tools
	$(BIN)/ruff check $(PYTHON_FILES)

lint-types: $(VENV)/.package $(VENV)/.lint-tools
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest shequ._core --allowlist tests/stubtest_allowlist.txt

lint-tidy: $(VENV)/.tools $(VENV)/.lint-tools
	CMAKE_PREFIX_PATH=$(SITE_PACKAGES) cmake --workflow --preset tidy

format: $(VENV)/.lint-tools
	$(BIN)/clang-format -i $(CXX_FILES)
	$(BIN)/ruff check --fix-only --quiet $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)

sanitize: $(VENV)/.tools
	tools/system_packages.sh catch2
	CMAKE_PREFIX_PATH=$(SITE_PACKAGES) cmake --workflow --preset asan

sanitize-thread: $(VENV)/.tools
	tools/system_packages.sh catch2
	CMAKE_PREFIX_PATH=$(SITE_PACKAGES) cmake --workflow --preset tsan

# Only what starts threads or shares memory between them.
sanitize-thread-quick: $(VENV)/.tools
	tools/system_packages.sh catch2
	CMAKE_PREFIX_PATH=$(SITE_PACKAGES) cmake --preset tsan
	cmake --build --preset tsan --target shequ_tests
	ctest --preset tsan --parallel $(JOBS) --tests-regex '^(districting|scenario|table|rules/sheet)'

# Each runs its peers beside us in the same run; --json collects the times.
bench: $(VENV)/.package $(VENV)/.bench-tools
	mkdir -p build/bench
	cmake -S . -B $(BUILD) -DSHEQU_BUILD_BENCHMARKS=ON >/dev/null
	cmake --build $(BUILD)
	for program in $(BUILD)/benchmarks/cpp/bench_*; do $$program || exit 1; done
	for module in $(BENCHMARKS); do $(BIN)/python -m $$module --json build/bench/$$module.json || exit 1; done

clean:
	rm -rf $(VENV) build demo

$(BIN)/python:
	tools/system_packages.sh compiler python
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

# Build requirements, as pyproject.toml lists them, into .venv: a rebuild then compiles only what changed.
$(VENV)/.tools: pyproject.toml | $(BIN)/python
	sed -n 's/^requires = \[\(.*\)\]$$/\1/p' pyproject.toml | tr -d '" ' | tr ',' '\n' >$(VENV)/build-requirements.txt
	$(BIN)/python -m pip install --quiet -r $(VENV)/build-requirements.txt cmake ninja
	touch $@

$(VENV)/.package: $(SOURCES) $(VENV)/.tools
	$(BIN)/python -m pip install --quiet --no-build-isolation -C build-dir=$(BUILD) \
	  -C cmake.define.SHEQU_WARNINGS_AS_ERRORS=$(WARNINGS_AS_ERRORS) '.[all]'
	touch $@

$(VENV)/.test-tools: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --group test
	touch $@

$(VENV)/.lint-tools: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

$(VENV)/.bench-tools: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --group bench
	touch $@
