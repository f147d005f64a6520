#!/usr/bin/env bash
# The tests under the address sanitizer and under the thread sanitizer, in build folders of their own. Takes some ten
# minutes each; further arguments go to `swift test`, such as --filter OpsTests.
set -euo pipefail
# Leaks are left out: at the end Foundation's processes and the tables of the tests are still there.
export ASAN_OPTIONS=detect_leaks=0
cd "$(dirname "$0")/../.."
for sanitizer in address thread; do
  echo "== $sanitizer"
  swift test --sanitize="$sanitizer" --scratch-path ".build/$sanitizer" "$@"
done
