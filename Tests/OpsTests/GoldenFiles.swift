// Alone here, for Foundation has an `Operation` of its own.
import Foundation

/// The text of a file in the folder Goldens beside this one.
func goldenFile(_ name: String) -> String {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
  guard let text = try? String(contentsOf: file, encoding: .utf8) else {
    preconditionFailure("golden table \(file.path()) cannot be read")
  }
  return text
}
