import Foundation
import Graph

/// XLA by way of Python's jax, where there is one: in the Python that CHAINRULE_JAX_PYTHON names, or in the `python3` of
/// the path. Tests that need it are skipped elsewhere, and say why.
public enum XLA {
  /// Nil where no Python with jax was found.
  public static let python: String? = {
    let candidate = ProcessInfo.processInfo.environment["CHAINRULE_JAX_PYTHON"] ?? "python3"
    if run([candidate, "-c", "import jax.export"]) == 0 { return candidate }
    print("XLA: skipped, for \(candidate) has no jax; CHAINRULE_JAX_PYTHON names another Python")
    return nil
  }()
  public static var isThere: Bool { python != nil }

  /// A module with its arguments.
  public struct Case: Encodable {
    let text: String
    let arguments: [Argument]
    let rounds: [[Argument]]

    /// - Parameters:
    ///   - indices: whole numbers behind the arguments.
    ///   - rounds: the last arguments, round by round; the first ones are then the results of the round before.
    public init(_ text: String, _ x: [Tensor<Double>], indices: [[Int]] = [], rounds: [[Tensor<Double>]] = []) {
      self.text = text
      arguments = x.map(Argument.init) + indices.map(Argument.init)
      self.rounds = rounds.map { $0.map(Argument.init) }
    }
  }

  struct Argument: Encodable {
    let shape: [Int]
    let numbers: [Double]
    var isWhole = false
    init(_ tensor: Tensor<Double>) { (shape, numbers) = (tensor.shape.dimensions, tensor.elements) }
    init(_ indices: [Int]) { (shape, numbers, isWhole) = ([indices.count], indices.map { Double($0) }, true) }
  }

  /// The results of each round of a case, or what went wrong.
  public struct Answer: Decodable {
    public let rounds: [[[Double]]]?
    public let error: String?
  }

  /// The answers to all cases, by one start of Python.
  public static func answers(to cases: [Case]) throws -> [Answer] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "chainrule-xla-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try JSONEncoder().encode(cases).write(to: folder.appending(path: "cases.json"))
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "run_stablehlo.py").path
    guard run([python!, script, folder.path]) == 0 else { throw Failure() }
    return try JSONDecoder().decode([Answer].self, from: Data(contentsOf: folder.appending(path: "results.json")))
  }

  struct Failure: Error {}

  /// Runs a program of the path: its exit status.
  public static func run(_ words: [String], environment: [String: String] = [:]) -> Int32 {
    guard let process = start(words, environment: environment) else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Starts a program of the path, its output unread.
  public static func start(_ words: [String], environment: [String: String] = [:]) -> Process? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    do { try process.run() } catch { return nil }
    return process
  }
}
