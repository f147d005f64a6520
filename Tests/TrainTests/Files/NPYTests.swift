import Testing

@testable import ChainruleData

@Suite("NPY")
struct NPYTests {
  /// A file put together by hand, with the header as NumPy pads it.
  private func file(_ dictionary: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let prefix = version == 1 ? 10 : 12
    let header = dictionary + String(repeating: " ", count: 63 - (prefix + dictionary.utf8.count) % 64) + "\n"
    let length = [UInt8(header.utf8.count), 0] + (version == 1 ? [] : [0, 0])
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(header.utf8) + data
  }

  @Test(
    arguments: [
      ("<f8", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]),
      (">f8", [0x3f, 0xf8, 0, 0, 0, 0, 0, 0], [1.5]),
      ("<f4", [0, 0, 0xc0, 0xbf], [-1.5]),
      ("<f2", [0, 0x3c], [1]),
      ("<i8", [0xfe, 255, 255, 255, 255, 255, 255, 255], [-2]),
      (">i2", [0xff, 0xfe], [-2]),
      ("|u1", [200, 7], [200, 7]),
      ("|b1", [1, 0], [1, 0]),
    ] as [(String, [UInt8], [Double])], [1, 2, 3] as [UInt8])
  func read(_ row: (type: String, data: [UInt8], values: [Double]), version: UInt8) throws {
    let header = "{'descr': '\(row.type)', 'fortran_order': False, 'shape': (\(row.values.count),), }"
    let tensor = try NPY.parse(file(header, row.data, version: version), file: "x")
    #expect(tensor.doubles == row.values)
    #expect(tensor.shape == [row.values.count])
  }

  @Test func fortranOrderIsTurnedIntoRows() throws {
    let header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }"
    let tensor = try NPY.parse(file(header, [1, 4, 2, 5, 3, 6]), file: "x")
    #expect(tensor.shape == [2, 3])
    #expect(tensor.doubles == [1, 2, 3, 4, 5, 6])
    // numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)) as it lies in the file
    var cube: [UInt8] = []
    for k in 0..<4 { for j in 0..<3 { for i in 0..<2 { cube.append(UInt8(i * 12 + j * 4 + k)) } } }
    let cubeHeader = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }"
    #expect(try NPY.parse(file(cubeHeader, cube), file: "x").bytes == Array(0..<24))
  }

  @Test func bytesAreThoseOfNumPy() {
    let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1), }"
    let expected = file(header, [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
    #expect(NPY.encoded(StoredTensor([1, 2], shape: [2, 1])) == expected)
    #expect((expected.count - 16) % 64 == 0)
  }

  @Test(arguments: [[], [0], [5], [2, 3], [2, 0, 3], [1, 2, 3, 4]])
  func whatIsWrittenIsRead(shape: [Int]) throws {
    let folder = TemporaryFolder()
    let tensor = StoredTensor((0..<shape.reduce(1, *)).map { Double($0) / 3 }, shape: shape)
    try NPY.write(tensor, to: folder.file("x.npy"))
    #expect(try NPY.read(folder.file("x.npy")) == tensor)
  }

  @Test(arguments: [
    (
      "{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", FileError.Kind.unsupported,
      "x: expected numbers such as '<f8', '<f4' or '<i8', found dtype '<c16'"
    ),
    (
      "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", .unsupported,
      "x: expected numbers such as '<f8', '<f4' or '<i8', found dtype [('a'"
    ),
    ("{'fortran_order': False, 'shape': (1,), }", .malformed, "x: the header has no 'descr'"),
    (
      "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }", .malformed,
      "x: expected fortran_order True or False, found 0"
    ),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", .malformed,
      "x: expected a shape such as (3, 4), found (-1,"
    ),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", .truncated,
      "x: shape [2] of F64 needs 16 bytes of data, found 8"
    ),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", .malformed,
      "x: shape [1] of F32 needs 4 bytes of data, found 8"
    ),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 9999999999), }", .malformed,
      "x: shape [9999999999, 9999999999] is too large"
    ),
  ])
  func malformed(header: String, kind: FileError.Kind, message: String) {
    let bytes = file(header, [UInt8](repeating: 0, count: 8))
    let error = fileError { () throws(FileError) in try NPY.parse(bytes, file: "x") }
    #expect(error?.kind == kind)
    #expect(error?.description == message)
  }

  @Test func damagedFiles() {
    let whole = NPY.encoded(StoredTensor([1, 2, 3], shape: [3, 1]))
    for length in 0..<whole.count {
      #expect(fileError { () throws(FileError) in try NPY.parse(Array(whole[..<length]), file: "x") } != nil)
    }
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<2_000 {
      var damaged = whole
      damaged[generator.index(below: 128)] = UInt8(generator.index(below: 256))
      _ = fileError { () throws(FileError) in try NPY.parse(damaged, file: "x") }
    }
  }
}
