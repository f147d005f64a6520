import Foundation
import Testing

@testable import ChainruleData

@Suite("IDX")
struct IDXTests {
  /// Two images of 2 × 3 pixels and their labels.
  static let images: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 0]
  let folder = TemporaryFolder()

  @Test(arguments: [
    (images, [2, 2, 3], [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]),
    (labels, [2], [7, 0]),
    ([0, 0, 0x0b, 1, 0, 0, 0, 2, 0xff, 0xfe, 0x01, 0x00], [2], [-2, 256]),
    ([0, 0, 0x0c, 1, 0, 0, 0, 1, 0, 0, 1, 0], [1], [256]),
    ([0, 0, 0x0d, 1, 0, 0, 0, 1, 0xbf, 0xc0, 0, 0], [1], [-1.5]),
    ([0, 0, 0x0e, 1, 0, 0, 0, 1, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], [1], [1.5]),
    ([0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 4], [0, 4], []),
  ])
  func read(bytes: [UInt8], shape: [Int], values: [Double]) throws {
    let tensor = try IDX.parse(bytes, file: "x")
    #expect(tensor.shape == shape)
    #expect(tensor.doubles == values)
  }

  @Test(arguments: [
    ([0, 0], FileError.Kind.truncated, "x: expected a magic number of 4 bytes, found 2 bytes"),
    (
      [0x1f, 0, 8, 1, 0, 0, 0, 0], .malformed,
      "x: byte 0: not an IDX file: expected the bytes 0 0, a type, a rank; found 1f 0 8 1"
    ),
    (
      [0, 0, 7, 1, 0, 0, 0, 0], .malformed,
      "x: byte 0: not an IDX file: expected the bytes 0 0, a type, a rank; found 0 0 7 1"
    ),
    ([0, 0, 8, 3, 0, 0, 0, 1], .truncated, "x: expected 16 bytes of header, found 8"),
    (images.dropLast(), .truncated, "x: shape [2, 2, 3] needs 12 bytes of data, found 11"),
    (images + [0], .malformed, "x: shape [2, 2, 3] needs 12 bytes of data, found 13"),
    (
      [0, 0, 14, 3] + [UInt8](repeating: 255, count: 12), .malformed,
      "x: byte 4: shape [4294967295, 4294967295, 4294967295] is too large"
    ),
  ])
  func malformed(bytes: [UInt8], kind: FileError.Kind, message: String) {
    let error = fileError { () throws(FileError) in try IDX.parse(bytes, file: "x") }
    #expect(error?.kind == kind)
    #expect(error?.description == message)
  }

  /// `labels` as `gzip -n` compresses it.
  static let compressed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 99, 96, 224, 96, 100, 96, 96, 96, 98, 103, 0, 0, 222, 58, 221, 218, 10,
    0, 0, 0,
  ]

  @Test func gzipIsRecognizedByItsBytes() throws {
    #expect(try IDX.read(folder.file("labels", Self.compressed)).doubles == [7, 0])
  }

  @Test func aDamagedArchive() {
    let cut = fileError { () throws(FileError) in
      try IDX.read(folder.file("cut.gz", Self.compressed.dropLast(6)))
    }
    #expect(cut?.kind == .truncated)
    #expect(cut?.message == "cannot be decompressed: unexpected end of file")
    var wrong = Self.compressed
    wrong[wrong.count - 6] ^= 1
    let damaged = fileError { () throws(FileError) in try IDX.read(folder.file("bad.gz", wrong)) }
    #expect(damaged?.kind == .malformed)
    #expect(damaged?.message.hasPrefix("cannot be decompressed: ") == true)
  }

  @Test func imagesAndLabelsMakeADataset() throws {
    let data = try Dataset(
      images: folder.file("i", Self.images), labels: folder.file("l.gz", Self.compressed))
    #expect(data.inputs.shape == [2, 6])
    #expect(Array(data.inputs[0]) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(data.labels == [7, 0])
    #expect(data.classes.count == 10)
    let first = try Dataset(images: folder.file("i"), labels: folder.file("l.gz"), limit: 1)
    #expect(first.count == 1)
  }

  @Test func noImagesAreNoData() {
    let (i, l) = (
      folder.file("i", [0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3]), folder.file("l", [0, 0, 8, 1, 0, 0, 0, 0])
    )
    let error = fileError { () throws(FileError) in try Dataset(images: i, labels: l) }
    #expect(error?.kind == .outOfRange && error?.message == "expected images, found none")
  }

  @Test func theFolderOfMNIST() throws {
    _ = folder.file("t10k-images-idx3-ubyte", Self.images)
    _ = folder.file("t10k-labels-idx1-ubyte.gz", Self.compressed)
    #expect(try Dataset(mnist: folder.path, testing: true).labels == [7, 0])
    let missing = fileError { () throws(FileError) in try Dataset(mnist: folder.path) }
    #expect(missing?.kind == .unreadable)
    #expect(missing?.file.hasSuffix("train-images-idx3-ubyte") == true)
  }

  @Test(arguments: [
    (images, Array(labels.dropLast(2)) + [7, 10], "l: item 1: expected a label from 0 to 9, found 10"),
    (images, [0, 0, 8, 1, 0, 0, 0, 1, 7], "l: 1 labels for the 2 images of i"),
    (labels, labels, "i: expected images of bytes, found shape [2]"),
    (images, images, "l: expected labels of bytes, found shape [2, 2, 3]"),
  ])
  func filesThatDoNotBelongTogether(images: [UInt8], labels: [UInt8], message: String) {
    let (i, l) = (folder.file("i", images), folder.file("l", labels))
    let error = fileError { () throws(FileError) in try Dataset(images: i, labels: l) }
    #expect(error?.kind == .outOfRange)
    #expect(error?.description.replacing(folder.path + "/", with: "") == message)
  }
}
