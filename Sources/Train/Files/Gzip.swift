import Foundation

/// Decompression by the system's `gzip`, so that the package needs no library for it.
enum Gzip {
  /// Whether the bytes begin as a gzip file does, whatever its name.
  static func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

  /// What `gzip -dc` makes of the file at `path`.
  ///
  /// - Throws: ``FileError/Kind/truncated`` or ``FileError/Kind/malformed`` with gzip's own words,
  ///   ``FileError/Kind/unsupported`` where there is no `gzip` program.
  static func decompress(_ path: String) throws(FileError) -> [UInt8] {
    guard let input = FileHandle(forReadingAtPath: path) else {
      throw FileError(.unreadable, path, "cannot be read")
    }
    let process = Process()
    let (output, complaints) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc"]
    process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, complaints)
    do { try process.run() } catch {
      throw FileError(.unsupported, path, "needs the gzip program, which could not be started")
    }
    // gzip's complaints are a line or two, so they wait in their pipe while the data is read.
    let data = output.fileHandleForReading.readDataToEndOfFile()
    let words = String(decoding: complaints.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    switch process.terminationStatus {
    case 0: return [UInt8](data)
    case 127: throw FileError(.unsupported, path, "needs the gzip program, which is not installed")
    default:
      let kind: FileError.Kind = words.contains("unexpected end of file") ? .truncated : .malformed
      throw FileError(kind, path, "cannot be decompressed: " + reason(words))
    }
  }

  /// `gzip: stdin: unexpected end of file` without the program and the stream.
  private static func reason(_ words: String) -> String {
    let line = words.split(separator: "\n").first { !$0.isEmpty } ?? "gzip failed"
    return line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "gzip failed"
  }
}
