import Foundation

/// The machine in one line: processor, cores, system, compiler.
func machine() -> String {
  let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  let lines = info.split(separator: "\n")
  func field(_ name: String) -> String? {
    lines.first { $0.hasPrefix(name) }?.split(separator: ":").last.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }
  let flags = Set((field("flags") ?? "").split(separator: " "))
  let widest = ["avx512f", "avx2", "avx"].first { flags.contains(Substring($0)) }
  let processor = [
    field("model name") ?? "unknown processor", field("cpu family").map { "family \($0)" },
    field("model\t").map { "model \($0)" }, widest,
  ].compactMap(\.self).joined(separator: ", ")
  return [
    processor, "\(ProcessInfo.processInfo.processorCount) cores",
    ProcessInfo.processInfo.operatingSystemVersionString, compiler,
  ].joined(separator: "; ")
}

private var compiler: String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["swift", "--version"]
  let answer = (try? output(of: process)) ?? ""
  return answer.split(separator: "\n").first.map(String.init) ?? "unknown compiler"
}

/// How many processes wait for a core: with others about, figures are worth less.
func load() -> Double {
  var average = 0.0
  return getloadavg(&average, 1) == 1 ? average : .nan
}

/// Runs a process to its end.
/// - Throws: what it wrote on standard error, if it failed.
func output(of process: Process) throws -> String {
  let (answer, complaint) = (Pipe(), Pipe())
  process.standardOutput = answer
  process.standardError = complaint
  process.standardInput = FileHandle.nullDevice
  try process.run()
  // One pipe is emptied while the other may fill: 64 KiB of complaint would block the process.
  let errors = Drain(complaint)
  let text = answer.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw Failure(message: errors.text) }
  return String(decoding: text, as: UTF8.self)
}

struct Failure: Error { let message: String }

/// Reads a pipe to its end on a thread of its own.
private final class Drain: @unchecked Sendable {
  private var data = Data()
  private let done = DispatchSemaphore(value: 0)

  init(_ pipe: Pipe) {
    Thread.detachNewThread { [self] in
      data = pipe.fileHandleForReading.readDataToEndOfFile()
      done.signal()
    }
  }

  var text: String {
    done.wait()
    return String(decoding: data, as: UTF8.self)
  }
}
