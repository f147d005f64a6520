#!/bin/sh
# What the compiler says from outside of the package: how long it thinks about each loss of LossesPeopleWriteTests.swift and
# each function of DataOperandsTests.swift, of which none may take half a second, whether names of Swift and Foundation keep
# their meaning, and where names of PyTorch, NumPy and MLX lead.
#
#     swift build --build-tests && Tests/Scripts/type-checking.sh
set -eu
cd "$(dirname "$0")/../.."
build=$(swift build --show-bin-path)
folder=$(mktemp -d)
check() { swiftc -typecheck "$@" -I "$build/Modules" -Xcc -fmodule-map-file="$build/ChainruleKernels.build/module.modulemap"; }

check Tests/Scripts/beside-foundation.swift
elsewhere=Tests/Scripts/names-elsewhere.swift
errors=$(check $elsewhere 2>&1 | grep "^Tests.*error:" || true)
grep -n "  // " $elsewhere | while IFS= read -r line; do
  name=${line##*  // }
  printf '%s\n' "$errors" | grep ":${line%%:*}:" | grep -qF "$name" || { echo "no error leads to $name: $line"; exit 1; }
done
for file in LossesPeopleWriteTests Tensors/DataOperandsTests; do
  sed '/^@Suite/,$d; s/^import Testing$//' "Tests/OpsTests/$file.swift" >"$folder/${file##*/}.swift"
done
report=$(check "$folder"/*.swift -Xfrontend -warn-long-function-bodies=1 2>&1 || true)
printf '%s\n' "$report" | sed -n "s/.*function '\([^']*\)' took \([0-9]*\)ms.*/\2 ms  \1/p" | sort -rn | uniq
if printf '%s\n' "$report" | grep -q "error:"; then printf '%s\n' "$report" | grep "error:"; exit 1; fi
! printf '%s\n' "$report" | grep -Eq "took ([5-9][0-9]{2}|[0-9]{4,})ms"
