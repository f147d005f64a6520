// swift-tools-version: 6.3
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
    .target(
      name: "Graph",
      resources: [
        .embedInCode("Inspection/Player/player.html"), .embedInCode("Inspection/Player/player.css"),
        .embedInCode("Inspection/Player/player.js"), .embedInCode("Inspection/Player/picture.css"),
      ]),
    .target(
      name: "ChainruleKernels", path: "Sources/Ops/Kernels", cSettings: [.define("NDEBUG")],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(
      name: "Ops", dependencies: ["Graph", "ChainruleKernels"], exclude: ["Kernels"],
      resources: [
        .embedInCode("Inspection/Page/inspector.html"), .embedInCode("Inspection/Page/inspector.css"),
        .embedInCode("Inspection/Page/evaluator.js"), .embedInCode("Inspection/Page/functions.js"),
        .embedInCode("Inspection/Page/tensors.js"),
        .embedInCode("Inspection/Page/tape.js"), .embedInCode("Inspection/Page/boxes.js"),
        .embedInCode("Inspection/Page/steps.js"), .embedInCode("Inspection/Page/layout.js"),
        .embedInCode("Inspection/Page/picture.js"), .embedInCode("Inspection/Page/drawing.js"),
        .embedInCode("Inspection/Page/math.js"), .embedInCode("Inspection/Page/controls.js"),
      ]),
    // A module of its own inside Train, which exports it: it needs no derivatives and compiles beside Ops.
    .target(
      name: "ChainruleData", dependencies: ["Graph"], path: "Sources/Train",
      exclude: ["Descent", "Export", "Minimize", "Models", "Train.docc", "Training", "Train.swift"],
      resources: [
        .embedInCode("Data/iris.txt"), .embedInCode("Plot/Page/film.css"), .embedInCode("Plot/Page/film.js"),
      ]),
    .target(
      name: "Train", dependencies: ["Ops", "ChainruleData"], exclude: ["Data", "Files", "Plot"],
      resources: [
        .embedInCode("Export/Run/common.py"), .embedInCode("Export/Run/function.py"),
        .embedInCode("Export/Run/function.md"), .embedInCode("Export/Run/training.py"),
        .embedInCode("Export/Run/training.md"),
      ]),
    .executableTarget(
      name: "chainrule", dependencies: ["Train"], resources: [.embedInCode("Verify/Page/document.css")]),
    .executableTarget(
      name: "benchmarks", dependencies: ["Train"], path: "Tests/Benchmarks",
      exclude: ["Peers", "requirements.txt"], sources: ["Sources"]),
    .target(name: "XLAForTests", dependencies: ["Graph"], path: "Tests/Support", exclude: ["run_stablehlo.py"]),
    .testTarget(name: "GraphTests", dependencies: ["Ops"]),
    .testTarget(
      name: "OpsTests", dependencies: ["Ops", "ChainruleKernels", "XLAForTests"],
      exclude: ["Derivations/Corpus", "Goldens"]),
    .testTarget(name: "TrainTests", dependencies: ["ChainruleData", "Train", "XLAForTests"]),
    .testTarget(name: "CommandTests", dependencies: ["chainrule"]),
  ]
)
