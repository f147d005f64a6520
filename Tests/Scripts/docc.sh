#!/bin/sh
# The documentation of each library as pages in .build/documentation, from its comments and the articles beside its
# sources. A warning is an error: a link that leads nowhere, a parameter that is not there.
#
#     swift build && Tests/Scripts/docc.sh
set -eu
cd "$(dirname "$0")/../.."
build=$(swift build --show-bin-path)
target=$(swiftc -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)",/\1/p' | head -n 1)
for module in Graph Ops Train; do
  symbols=.build/documentation/symbols/$module
  rm -rf "$symbols" && mkdir -p "$symbols"
  swift symbolgraph-extract -module-name "$module" -target "$target" -I "$build/Modules" -output-dir "$symbols" \
    -Xcc -fmodule-map-file="$build/ChainruleKernels.build/module.modulemap"
  docc convert "Sources/$module/$module.docc" --fallback-display-name "$module" \
    --fallback-bundle-identifier "chainrule.$module" --additional-symbol-graph-dir "$symbols" \
    --output-path ".build/documentation/$module" --warnings-as-errors
  echo "$module: no warnings"
done
