// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Chainrule",
  products: [
    .library(name: "Graph", targets: ["Graph"]),
    .library(name: "Ops", targets: ["Ops"]),
    .library(name: "Train", targets: ["Train"]),
    .executable(name: "chainrule", targets: ["chainrule"]),
  ],
  targets: [
    .target(name: "Graph"),
    .target(
      name: "Kernels", path: "Sources/Ops/Kernels", cSettings: [.define("NDEBUG")],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "Ops", dependencies: ["Graph", "Kernels"], exclude: ["Kernels"]),
    .target(name: "Train", dependencies: ["Ops"]),
    .executableTarget(name: "chainrule", dependencies: ["Train"]),
    .executableTarget(
      name: "benchmarks", dependencies: ["Train"], path: "Tests/Benchmarks",
      exclude: ["Peers", "requirements.txt"], sources: ["Sources"]),
    .testTarget(name: "GraphTests", dependencies: ["Ops"]),
    .testTarget(name: "OpsTests", dependencies: ["Ops", "Kernels"]),
    .testTarget(name: "TrainTests", dependencies: ["Train"]),
    .testTarget(name: "CommandTests", dependencies: ["chainrule"]),
  ]
)
