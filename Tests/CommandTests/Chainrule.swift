import Foundation

@testable import chainrule

/// Runs the built executable.
enum Chainrule {
  struct Result: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Beside the test bundle: on Linux that is the running program, on macOS a bundle it has loaded.
  private static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    let place = bundle.bundlePath.hasSuffix(".xctest") ? bundle.bundleURL : bundle.executableURL!
    return place.deletingLastPathComponent().appendingPathComponent("chainrule")
  }()

  static func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// As ``run(_:)``, in this process: without the time that a start takes.
  static func called(_ arguments: [String]) -> Result {
    var result = Result(status: 0, output: "", errors: "")
    let console = Console(
      output: {
        result.output += $0
        return nil
      },
      errors: {
        result.errors += $0
        return nil
      })
    result.status = Commands.run(arguments, console)
    return result
  }

  /// Starts it and lets it run, its output unread.
  static func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    return process
  }

  static func run(_ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    return try result(of: process)
  }

  /// Runs a line as one types it, in a folder.
  static func shell(_ line: String, in folder: URL) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = executable.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
    process.environment = environment
    return try result(of: process)
  }

  private static func result(of process: Process) throws -> Result {
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    // Both at once: a sanitizer's report is longer than a pipe's buffer.
    let reader = DispatchQueue(label: "errors")
    nonisolated(unsafe) var messages = Data()
    reader.async { messages = errors.fileHandleForReading.readDataToEndOfFile() }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    reader.sync {}
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: messages, as: UTF8.self))
  }

  /// Runs with a file of this content; `FILE` among the arguments stands for its path, in messages too.
  static func run(file content: String, named name: String, _ arguments: String...) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chainrule-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try content.write(toFile: path, atomically: true, encoding: .utf8)
    var result = try run(arguments.map { $0 == "FILE" ? path : $0 })
    result.errors = result.errors.replacingOccurrences(of: path, with: "FILE")
    return result
  }
}
