#!/usr/bin/env bash
# The portable kernels, compiled for Arm by the compiler of the Swift toolchain and run under an emulator, against plain
# loops. On Debian: apt-get install gcc-aarch64-linux-gnu qemu-user. Takes half a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compiler=$(dirname "$(readlink -f "$(command -v swift)")")/clang
kernels=Sources/Ops/Kernels
"$compiler" --target=aarch64-linux-gnu -fuse-ld=lld -static -O2 -DNDEBUG -I "$kernels/include" Tests/Scripts/kernels.c \
  "$kernels"/{Dispatch,Scratch,Threads,VariantPortable}.c -lm -lpthread -o "$work/kernels"
qemu-aarch64 "$work/kernels"
