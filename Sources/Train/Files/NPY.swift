/// One tensor in NumPy's `.npy` format.
///
/// ```swift
/// try NPY.write(StoredTensor([1, 2, 3], shape: [3, 1]), to: "x.npy")  // numpy.load("x.npy")
/// try NPY.read("y.npy").doubles
/// ```
public enum NPY {
  /// Reads a file of version 1, 2 or 3, either byte order, C or Fortran order (returned in C order).
  ///
  /// - Throws: ``FileError`` of kind `truncated`, `malformed`, or `unsupported` for element types such as
  ///   complex numbers, text, objects and structures.
  public static func read(_ path: String) throws(FileError) -> StoredTensor {
    try parse(try WholeFile.read(path), file: path)
  }

  /// As ``read(_:)``, from bytes; `file` is the name that errors carry.
  public static func parse(_ bytes: [UInt8], file: String) throws(FileError) -> StoredTensor {
    let header = try NPYHeader(bytes, file)
    guard let size = StoredTensor.byteCount(header.type, header.shape) else {
      throw FileError(.malformed, file, "shape \(header.shape) is too large")
    }
    let found = bytes.count - header.end
    guard found == size else {
      throw FileError(
        found < size ? .truncated : .malformed, file,
        "shape \(header.shape) of \(header.type.rawValue) needs \(size) bytes of data, found \(found)")
    }
    var data = Array(bytes[header.end...])
    if header.isBigEndian { data = swapped(data, size: header.type.size) }
    if header.isFortranOrder { data = rowMajor(data, shape: header.shape, size: header.type.size) }
    return StoredTensor(type: header.type, shape: header.shape, bytes: data)
  }

  /// The bytes of a version 1 file (version 2 where the shape is too long for it), C order, little-endian.
  ///
  /// - Precondition: the element type is not `bf16`, which NumPy does not have.
  public static func encoded(_ tensor: StoredTensor) -> [UInt8] {
    guard let code = typeCodes.first(where: { $0.value == tensor.type })?.key else {
      preconditionFailure("NPY: NumPy has no element type \(tensor.type.rawValue)")
    }
    let order = tensor.type.size == 1 ? "|" : "<"
    let sizes = tensor.shape.map { "\($0)," }.joined(separator: " ")
    let shape = tensor.shape.count > 1 ? String(sizes.dropLast()) : sizes
    var header = Array("{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(shape)), }".utf8)
    let version: UInt8 = header.count + 75 < 1 << 16 ? 1 : 2
    let prefix = version == 1 ? 10 : 12
    // The format asks for spaces and a newline up to a multiple of 64, so that the data can be mapped aligned.
    let padding = 63 - (prefix + header.count) % 64
    header += repeatElement(UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
    let length =
      version == 1
      ? littleEndianBytes([header.count]) { UInt16($0) } : littleEndianBytes([header.count]) { UInt32($0) }
    return magic + [version, 0] + length + header + tensor.bytes
  }

  /// Writes the file, wholly or not at all.
  public static func write(_ tensor: StoredTensor, to path: String) throws(FileError) {
    try WholeFile.write(encoded(tensor), to: path)
  }

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  static let typeCodes: [String: StoredTensor.ElementType] = [
    "f8": .f64, "f4": .f32, "f2": .f16, "i8": .i64, "i4": .i32, "i2": .i16, "i1": .i8,
    "u8": .u64, "u4": .u32, "u2": .u16, "u1": .u8, "b1": .bool,
  ]

  /// Column-major elements put into row-major order.
  private static func rowMajor(_ bytes: [UInt8], shape: [Int], size: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    /// What stands along the axes from one on; `step` is how far apart the elements of that one are.
    func append(_ axis: Int, from start: Int, step: Int) {
      guard axis < shape.count else { return result += bytes[start..<start + size] }
      for index in 0..<shape[axis] { append(axis + 1, from: start + index * step, step: step * shape[axis]) }
    }
    append(0, from: 0, step: size)
    return result
  }
}

/// The header, a Python dictionary literal: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`.
private struct NPYHeader {
  let type: StoredTensor.ElementType
  let isBigEndian: Bool
  let isFortranOrder: Bool
  let shape: [Int]
  /// Where the data begins.
  let end: Int

  init(_ bytes: [UInt8], _ file: String) throws(FileError) {
    guard bytes.starts(with: NPY.magic) else {
      throw FileError(.malformed, file, at: .byte(0), "not an NPY file: expected \\x93NUMPY")
    }
    guard bytes.count >= 12 else { throw FileError(.truncated, file, "the header is cut short") }
    guard (1...3).contains(bytes[6]) else {
      throw FileError(.unsupported, file, at: .byte(6), "expected version 1, 2 or 3, found \(bytes[6])")
    }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    let length = bytes[8..<8 + lengthBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    end = 8 + lengthBytes + length
    guard end <= bytes.count else {
      throw FileError(.truncated, file, "the header ends at byte \(end), the file has \(bytes.count) bytes")
    }
    let text = String(decoding: bytes[8 + lengthBytes..<end], as: UTF8.self)
    (type, isBigEndian) = try Self.elementType(text, file)
    (isFortranOrder, shape) = try (Self.fortranOrder(text, file), Self.shape(text, file))
  }

  /// What follows `'key':` in the dictionary, without leading spaces.
  private static func entry(_ key: String, _ text: String, _ file: String) throws(FileError) -> Substring {
    let parts = text.split(separator: "'\(key)':", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw FileError(.malformed, file, "the header has no '\(key)'") }
    return parts[1].drop { $0 == " " }
  }

  private static func elementType(
    _ text: String, _ file: String
  ) throws(FileError) -> (StoredTensor.ElementType, isBigEndian: Bool) {
    let entry = try entry("descr", text, file)
    let code = entry.dropFirst().prefix { $0 != "'" }
    guard entry.first == "'", let order = code.first, "<>|=".contains(order),
      let type = NPY.typeCodes[String(code.dropFirst())]
    else {
      throw FileError(
        .unsupported, file,
        "expected numbers such as '<f8', '<f4' or '<i8', found dtype \(entry.prefix { $0 != "," })")
    }
    return (type, order == ">")
  }

  private static func fortranOrder(_ text: String, _ file: String) throws(FileError) -> Bool {
    let entry = try entry("fortran_order", text, file)
    if entry.hasPrefix("True") { return true }
    if entry.hasPrefix("False") { return false }
    throw FileError(
      .malformed, file, "expected fortran_order True or False, found \(entry.prefix { $0 != "," })")
  }

  private static func shape(_ text: String, _ file: String) throws(FileError) -> [Int] {
    let entry = try entry("shape", text, file)
    let inside = entry.prefix { $0 != ")" }
    let sizes = inside.dropFirst().split(separator: ",").map { $0.filter { $0 != " " } }.filter {
      !$0.isEmpty
    }
    let numbers = sizes.compactMap { Int($0) }.filter { $0 >= 0 }
    guard entry.first == "(", inside.endIndex < entry.endIndex, numbers.count == sizes.count else {
      throw FileError(.malformed, file, "expected a shape such as (3, 4), found \(inside)")
    }
    return numbers
  }
}
