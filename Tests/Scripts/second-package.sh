#!/usr/bin/env bash
# A package that depends on this one, as it is committed, and has targets Files, Kernels and Graph of its own: they build
# side by side, and its program prints a gradient. Graph is a module of this package too, which gets another name there.
# Builds the libraries once more: some minutes.
set -euo pipefail
chainrule=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet "$chainrule" "$work/chainrule"

package=$work/neighbour
mkdir -p "$package"/Sources/{Files,Kernels,Graph,App}
echo 'public let files = ["a.csv"]' > "$package/Sources/Files/Files.swift"
echo 'public let kernels = 3' > "$package/Sources/Kernels/Kernels.swift"
echo 'public struct Graph { public var edges = 0; public init() {} }' > "$package/Sources/Graph/Graph.swift"
cat > "$package/Package.swift" << 'END'
// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "neighbour",
  dependencies: [.package(path: "../chainrule")],
  targets: [
    .target(name: "Files"), .target(name: "Kernels"), .target(name: "Graph"),
    .executableTarget(
      name: "App",
      dependencies: [
        "Files", "Kernels", "Graph",
        .product(name: "Train", package: "chainrule", moduleAliases: ["Graph": "ChainruleGraph"]),
      ]),
  ])
END
cat > "$package/Sources/App/App.swift" << 'END'
import Files
import Graph
import Kernels
import Train

@main struct App {
  static func main() {
    print(files.count, kernels, Graph().edges, gradient(at: 3.0) { $0 * $0 })
  }
}
END
output=$(swift run --package-path "$package" App)
[ "$output" = "1 3 0 6.0" ] || { echo "printed: $output"; exit 1; }
