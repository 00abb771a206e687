#!/bin/sh
# setup.sh run|test: makes .venv with what is needed to build courses (run) or also to test and check (test).
#
# Assumes a POSIX system with Python 3.11 or newer. On Debian and its kin, missing system packages are installed with
# apt-get, by root or by sudo. A stamp in .venv holds the hash of what was installed from: a second run does nothing.
set -eu
cd "$(dirname "$0")/.."
what=${1:?usage: setup.sh run|test}
venv=.venv

say() { printf '%s\n' "setup: $*" >&2; }
die() { say "$*"; exit 3; }

# -- system packages -------------------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif ! command -v sudo >/dev/null; then return 1
  elif [ -t 0 ]; then sudo "$@"
  else sudo -n "$@"; fi
}

# apt_install PACKAGE...: an index from a minute ago or none at all are both common, so it is fetched only on failure.
apt_install() {
  command -v apt-get >/dev/null || die "please install by hand what Debian calls: $*"
  say "installing system packages: $*"
  apt="env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300"
  # shellcheck disable=SC2086
  as_root $apt install --no-install-recommends "$@" </dev/null >/dev/null 2>&1 && return
  # shellcheck disable=SC2086
  { as_root $apt update </dev/null && as_root $apt install --no-install-recommends "$@" </dev/null; } >&2 \
    || die "could not install: $*. As root: apt-get update && apt-get install $*"
}

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# -- Python ----------------------------------------------------------------------------------------------------------

find_python() {
  for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$name" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  return 1
}

make_venv() {
  python=$(find_python) || die "Python 3.11 or newer is needed (Debian 12: apt-get install python3)"
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    # Debian takes ensurepip out of its Python. The package for exactly this version need not be the default one.
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt_install "python$version-venv"
  fi
  say "making $venv with $python"
  rm -rf "$venv"
  "$python" -m venv "$venv" || { rm -rf "$venv"; die "$python cannot make a virtual environment"; }
}

works() { "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# fresh STAMP FILE...: whether STAMP was written for these very bytes.
hash_of() { cat "$@" | cksum; }
fresh() { stamp=$1; shift; [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(hash_of "$@")" ]; }

install_packages() {
  pins=$1
  say "installing Python packages ($pins)"
  "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet \
    --require-hashes --no-deps -r "$pins"
  # What the build needs was just installed, hashes checked: an isolated build would fetch it again, unchecked.
  PATH="$PWD/$venv/bin:$PATH" "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet \
    --no-deps --no-build-isolation --editable .
}

# The build hook has done it at the first install; here it follows changed scripts and styles.
bundle_themes() { "$venv/bin/python" hatch_build.py >&2; }

python_environment() {
  works || make_venv
  # Part of an install, but git clean may have taken it away.
  [ -f themes/default/dist/hls.js ] || rm -f "$venv"/.installed-*
  inputs="pyproject.toml hatch_build.py package.json package-lock.json $1"
  # The larger set serves the smaller need.
  # shellcheck disable=SC2086
  if [ "$1" = constraints-run.txt ] && fresh "$venv/.installed-constraints.txt" ${inputs%"$1"}constraints.txt; then bundle_themes; return; fi
  # shellcheck disable=SC2086
  fresh "$venv/.installed-$1" $inputs && { bundle_themes; return; }
  install_packages "$1"
  rm -f "$venv"/.installed-*
  # shellcheck disable=SC2086
  hash_of $inputs >"$venv/.installed-$1"
}

# -- what only tests need ----------------------------------------------------------------------------------------------

# need COMMAND PACKAGE: adds PACKAGE to $missing unless the command is there already, from wherever.
missing=
need() { command -v "$1" >/dev/null || missing="$missing $2"; }

test_tools() {
  need chromium chromium
  need firefox-esr firefox-esr
  need java default-jre-headless
  need strace strace
  if command -v dpkg-query >/dev/null; then
    # Playwright's own Node needs libatomic1; Firefox plays H.264 with libavcodec.
    for package in fonts-noto-cjk libatomic1 libavcodec-extra; do
      has_package "$package" || missing="$missing $package"
    done
  fi
  # shellcheck disable=SC2086
  [ -z "$missing" ] || apt_install $missing
  stamp=tests/external/node_modules/.installed
  if ! fresh "$stamp" tests/external/package.json tests/external/package-lock.json; then
    say "installing npm packages of tests/external"
    (cd tests/external && PATH="$OLDPWD/$venv/bin:$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    hash_of tests/external/package.json tests/external/package-lock.json >"$stamp"
  fi
}

case $what in
  run) python_environment constraints-run.txt ;;
  test) python_environment constraints.txt; test_tools ;;
  *) die "usage: setup.sh run|test" ;;
esac
