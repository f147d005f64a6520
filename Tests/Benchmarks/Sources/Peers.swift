import Foundation

/// Another system, measured by a program of its own under `Tests/Benchmarks/Peers`.
///
/// The program takes the number of rounds and prints one `Measurement` in JSON per line.
struct Peer {
  let key: String
  let source: String
  /// What the linker is told, for those in C++.
  var libraries: [String] = []
  /// How to get it, said when it is missing.
  let origin: String

  static let all: [Peer] = [
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
  private static let python = "Tests/Benchmarks/Peers/setup installs it"

  /// Builds the program if need be, runs it and reads what it measured.
  func measurements(rounds: Int) throws -> [Measurement] {
    let (program, leading) = source.hasSuffix(".cpp") ? (try compiled(), []) : (try interpreter(), [script])
    let answer = try run(program, leading + [String(rounds)])
    return try answer.split(separator: "\n").map {
      try JSONDecoder().decode(Measurement.self, from: Data($0.utf8))
    }
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

  private func compiled() throws -> String {
    try FileManager.default.createDirectory(at: Self.products, withIntermediateDirectories: true)
    let program = Self.products.appendingPathComponent(key).path
    // Debian keeps these headers out of the compiler's own path; `CPATH` adds other places.
    let options = [
      "-O3", "-march=native", "-std=c++17", "-w", "-I/usr/include/trilinos", script, "-o", program,
    ]
    _ = try run("/usr/bin/env", ["g++"] + options + libraries)
    return program
  }

  private func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    return try output(of: process)
  }
}
