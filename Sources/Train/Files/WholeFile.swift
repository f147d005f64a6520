import Foundation
@_exported import Graph

/// Files read and written as a whole.
public enum WholeFile {
  /// Whether there is something at `path` that can be read.
  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The bytes of a file, pipe or device, up to its end.
  ///
  /// - Throws: ``FileError/Kind/unreadable`` with the operating system's reason.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }

    var bytes: [UInt8] = []
    // One byte more than the size, so that a regular file is known to have ended after two calls.
    var chunk = max(1 << 16, fileSize(descriptor) + 1)
    while true {
      let before = bytes.count
      var got = 0
      bytes.reserveCapacity(before + chunk)
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      repeat {
        got = bytes.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress! + before, chunk) }
      } while got < 0 && errno == EINTR
      guard got >= 0 else { throw unreadable(path) }
      bytes.removeLast(chunk - got)
      if got == 0 { return bytes }
      chunk = max(1 << 16, min(chunk, bytes.count))
    }
  }

  /// Replaces the file at `path` by `bytes`, wholly or not at all.
  ///
  /// The bytes go to a temporary name in the same folder, are forced to the disk, and take the place of the
  /// old file in one step (`rename`). A full disk, a crash or a killed process leaves the old file as it was.
  /// The permissions of an old file are kept, a symbolic link is followed, and a device or pipe such as
  /// `/dev/stdout` is written directly.
  ///
  /// - Throws: ``FileError/Kind/unwritable`` with the operating system's reason.
  /// - Complexity: one pass over the bytes and two disk flushes.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let target = followingLink(path)
    var old = stat()
    let exists = stat(target, &old) == 0
    if exists && old.st_mode & S_IFMT != S_IFREG {
      return try writeDirectly(bytes, to: target, named: path)
    }

    let temporary = temporaryName(beside: target)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw unwritable(path) }
    var complete = writeAll(bytes, to: descriptor)
    if complete && exists { complete = fchmod(descriptor, old.st_mode & 0o7777) == 0 }
    if complete { complete = fsync(descriptor) == 0 }
    var reason = errno
    // Some network file systems report a full disk only when the file is closed.
    if close(descriptor) != 0 && complete { (complete, reason) = (false, errno) }
    if complete && rename(temporary, target) != 0 { (complete, reason) = (false, errno) }
    guard complete else {
      unlink(temporary)
      throw unwritable(path, reason)
    }
    flushFolder(of: target)
  }

  /// Replaces the file at `path` by `text` in UTF-8, wholly or not at all.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }
}

// MARK: - Steps

private func unreadable(_ path: String) -> FileError {
  FileError(.unreadable, path, "cannot be read: \(String(cString: strerror(errno)))")
}

private func unwritable(_ path: String, _ reason: Int32 = errno) -> FileError {
  FileError(.unwritable, path, "cannot be written: \(String(cString: strerror(reason)))")
}

private func fileSize(_ descriptor: Int32) -> Int {
  var status = stat()
  return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
}

/// The file that `path` finally names, or `path` itself where nothing is there yet.
private func followingLink(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// A hidden name in the folder of `path`, not longer than file systems allow (255 bytes).
private func temporaryName(beside path: String) -> String {
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  return folder + ".chainrule-\(getpid())-" + String(UInt64.random(in: .min ... .max), radix: 36)
}

/// Writes all bytes, or leaves in `errno` why not. Where the other end of a pipe takes nothing at the moment, it waits.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let wrote = Foundation.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
      if wrote < 0 && errno == EINTR { continue }
      if wrote < 0 && errno == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
        continue
      }
      guard wrote > 0 else { return false }
      done += wrote
    }
    return true
  }
}

private func writeDirectly(_ bytes: [UInt8], to target: String, named path: String) throws(FileError) {
  let descriptor = open(target, O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw unwritable(path) }
  let complete = writeAll(bytes, to: descriptor)
  let reason = errno
  close(descriptor)
  if !complete { throw unwritable(path, reason) }
}

/// Makes the rename itself last through a power failure. Not every file system can; then nothing is lost but that.
private func flushFolder(of path: String) {
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
