#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Installs what no PyPI package holds, from Debian's packages, where it is missing and the user may; else says what to
# install. Usage: tools/system_packages.sh [python] [compiler] [catch2] [font]
set -eu
python=${PYTHON:-python3}
missing=""

need() { missing="$missing $1"; }

check_compiler() {
  command -v "${CXX:-c++}" >/dev/null 2>&1 || need g++
}

check_python() {
  if ! command -v "$python" >/dev/null 2>&1; then
    need python3
    need python3-venv
    need python3-dev
    return
  fi
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
    echo "shequ needs Python 3.10 or later; $python is $("$python" -V 2>&1). Set PYTHON to another one." >&2
    exit 1
  fi
  "$python" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
  header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include") + "/Python.h")')
  test -e "$header" || need python3-dev
}

check_catch2() {
  printf '%s\n' '#if !__has_include(<catch2/catch.hpp>) && !__has_include(<catch2/catch_all.hpp>)' '#error' '#endif' |
    "${CXX:-c++}" -E -x c++ - >/dev/null 2>&1 || need catch2
}

# Any font with Chinese characters, for labels on maps.
check_font() {
  find /usr/share/fonts /usr/local/share/fonts 2>/dev/null | grep -Eiq 'cjk|wqy|sourcehan|droidsansfallback|uming|ukai' ||
    need fonts-wqy-microhei
}

for part in "$@"; do "check_$part"; done
test -n "$missing" || exit 0

if [ "$(id -u)" -eq 0 ]; then
  root=""
elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
  root=sudo
else
  root=none
fi
if [ "$root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "Missing on this machine, and not to be installed without rights. Ask for (Debian names):" >&2
  echo "  apt-get install$missing" >&2
  exit 1
fi

echo "Installing$missing with apt-get"
export DEBIAN_FRONTEND=noninteractive
# A failing update of one source need not concern these packages: the install decides.
$root apt-get update -qq || true
# shellcheck disable=SC2086 (a list of names)
$root apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends $missing
