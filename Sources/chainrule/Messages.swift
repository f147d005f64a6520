import Foundation

/// A line on standard error.
func printMessage(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Whether a path names a folder.
func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}
