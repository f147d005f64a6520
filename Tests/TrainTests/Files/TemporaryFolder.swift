import Foundation

@testable import ChainruleData

/// A folder for one test, removed with all that is in it.
final class TemporaryFolder {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "/chainrule-test-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder, with the bytes in it where some are given.
  func file(_ name: String, _ bytes: [UInt8]? = nil) -> String {
    let file = path + "/" + name
    if let bytes { try! Data(bytes).write(to: URL(fileURLWithPath: file)) }
    return file
  }

  /// All names in the folder.
  var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// The error of a reader that must refuse what it is given.
func fileError<Result>(_ body: () throws(FileError) -> Result) -> FileError? {
  do throws(FileError) {
    _ = try body()
    return nil
  } catch { return error }
}
