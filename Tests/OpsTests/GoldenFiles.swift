// Alone here, for Foundation has an `Operation` of its own.
import Foundation

/// The folder Goldens beside this file.
let goldenFolder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

/// The text of a file in it.
func goldenFile(_ name: String) -> String {
  let file = goldenFolder.appending(path: name)
  guard let text = try? String(contentsOf: file, encoding: .utf8) else {
    preconditionFailure("golden table \(file.path()) cannot be read")
  }
  return text
}
