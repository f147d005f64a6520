import Foundation
import Testing

@testable import ChainruleData

@Suite("WholeFile")
struct WholeFileTests {
  let folder = TemporaryFolder()

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000])
  func whatIsWrittenIsRead(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = folder.file("x")
    try WholeFile.write(bytes, to: path)
    #expect(try WholeFile.read(path) == bytes)
    #expect(folder.names == ["x"])
  }

  @Test func anOldFileIsReplacedAndKeepsItsPermissions() throws {
    let path = folder.file("x", [1, 2, 3])
    chmod(path, 0o640)
    try WholeFile.write([4], to: path)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(try WholeFile.read(path) == [4])
  }

  @Test func aSymbolicLinkStaysALink() throws {
    let (path, link) = (folder.file("x", [1]), folder.file("link"))
    symlink("x", link)
    try WholeFile.write([2], to: link)
    #expect(try WholeFile.read(path) == [2])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "x")
  }

  @Test(arguments: [
    ("/dev/full", "/dev/full: cannot be written: No space left on device"),
    ("/no/such/folder/x", "/no/such/folder/x: cannot be written: No such file or directory"),
    ("/dev", "/dev: cannot be written: Is a directory"),
  ])
  func unwritable(path: String, message: String) {
    let error = fileError { () throws(FileError) in try WholeFile.write([1], to: path) }
    #expect(error?.description == message)
    #expect(error?.kind == .unwritable)
  }

  @Test func unreadable() {
    let error = fileError { () throws(FileError) in try WholeFile.read(folder.path) }
    #expect(error?.kind == .unreadable)
    #expect(error?.message == "cannot be read: Is a directory")
  }

  /// A limit on the size of files stops the write half way, as a full disk does. It holds for a whole process, so
  /// the test runs in one of its own.
  @Test func aWriteThatFailsHalfWayLeavesTheOldFile() async {
    await #expect(processExitsWith: .success) {
      let folder = TemporaryFolder()
      let path = folder.file("x", [1, 2, 3])
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let error = fileError { () throws(FileError) in
        try WholeFile.write([UInt8](repeating: 7, count: 200_000), to: path)
      }
      #expect(error?.message == "cannot be written: File too large")
      #expect((try? WholeFile.read(path)) == [1, 2, 3])
      #expect(folder.names == ["x"])
    }
  }
}
