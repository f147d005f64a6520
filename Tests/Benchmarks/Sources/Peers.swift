import Foundation

/// Another system, measured by a program of its own under `Tests/Benchmarks/Peers`.
///
/// The program prints one measurement in JSON per line.
struct Peer {
  let key: String
  let source: String
  /// What the linker is told, for those in C++.
  var libraries: [String] = []
  /// What the program is told besides what all are.
  var arguments: [String] = []
  var environment: [String: String] = [:]
  /// How to get it, said when it is missing.
  let origin: String

  static let scalar: [Peer] = [
    Peer(key: "adolc", source: "run_adolc.cpp", libraries: ["-ladolc"], origin: "Debian: libadolc-dev"),
    Peer(
      key: "sacado", source: "run_sacado.cpp",
      origin: "Debian: libtrilinos-sacado-dev and libtrilinos-kokkos-dev"),
    Peer(key: "jax-arrays", source: "run_jax_arrays.py", origin: python),
    Peer(key: "jax", source: "run_jax.py", origin: python),
    Peer(key: "torch", source: "run_torch.py", origin: python),
    Peer(key: "autograd", source: "run_autograd.py", origin: python),
    Peer(key: "micrograd", source: "run_micrograd.py", origin: python),
  ]
  static let batch: [Peer] = [
    Peer(key: "jax", source: "run_jax_batches.py", origin: python),
    Peer(key: "torch", source: "run_torch_batches.py", origin: python),
    Peer(
      key: "adolc-batches", source: "run_adolc_batches.cpp", libraries: ["-ladolc"], origin: "Debian: libadolc-dev"),
  ]
  static let tensor: [Peer] = [
    Peer(key: "peak", source: "peak.cpp", origin: "Debian: g++"),
    Peer(key: "numpy", source: "run_numpy_products.py", origin: python),
    Peer(key: "jax", source: "run_jax_tensors.py", origin: python),
    Peer(key: "torch", source: "run_torch_tensors.py", arguments: ["raw"], origin: python),
    Peer(key: "torch-module", source: "run_torch_tensors.py", arguments: ["module"], origin: python),
    Peer(key: "torch-compiled", source: "run_torch_tensors.py", arguments: ["compiled"], origin: python),
    // The C library then gives no memory back to the system, and page faults do not count.
    Peer(
      key: "torch-kept", source: "run_torch_tensors.py", arguments: ["kept"],
      environment: ["MALLOC_MMAP_THRESHOLD_": "1099511627776", "MALLOC_TRIM_THRESHOLD_": "1099511627776"],
      origin: python),
  ]
  private static let python = "Tests/Benchmarks/Peers/setup installs it"

  /// What the program measured; where it is missing or fails, nothing, and a line that says why.
  func measured<M: Decodable>(as type: M.Type, arguments: [String]) -> [M] {
    do {
      let answer = try run(arguments)
      return try answer.split(separator: "\n").map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    } catch {
      let reason = (error as? Failure)?.message ?? "\(error)"
      note("skipped \(key) (\(origin)): \(reason.split(separator: "\n").last ?? "")")
      return []
    }
  }

  /// Builds the program if need be and runs it.
  private func run(_ leading: [String]) throws -> String {
    if source.hasSuffix(".cpp") { return try execute(compiled(), leading + arguments) }
    return try execute(interpreter(), [script] + leading + arguments)
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Peers")
  private static let products = folder.appendingPathComponent("../../../.build/peers").standardized

  private var script: String { Self.folder.appendingPathComponent(source).path }

  private func interpreter() throws -> String {
    let path = Self.products.appendingPathComponent("bin/python").path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Failure(message: "no \(path)") }
    return path
  }

  /// Compiles C into a library that can be loaded before others.
  func library() throws -> String {
    try FileManager.default.createDirectory(at: Self.products, withIntermediateDirectories: true)
    let library = Self.products.appendingPathComponent(key + ".so").path
    _ = try execute("/usr/bin/env", ["cc", "-O2", "-shared", "-fPIC", script, "-o", library] + libraries)
    return library
  }

  private func compiled() throws -> String {
    try FileManager.default.createDirectory(at: Self.products, withIntermediateDirectories: true)
    let program = Self.products.appendingPathComponent(key).path
    // Debian keeps these headers out of the compiler's own path; `CPATH` adds other places.
    let options = [
      "-O3", "-march=native", "-std=c++17", "-w", "-I/usr/include/trilinos", script, "-o", program,
    ]
    _ = try execute("/usr/bin/env", ["g++"] + options + libraries)
    return program
  }

  private func execute(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    return try output(of: process)
  }
}
