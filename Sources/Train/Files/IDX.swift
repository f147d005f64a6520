/// The format of the MNIST files: a magic number, the sizes of the axes, then the elements, all big-endian.
public enum IDX {
  /// Reads a file; one compressed by gzip is recognized by its first bytes and passed through `gzip -dc`.
  ///
  /// - Throws: ``FileError`` of kind `truncated` with the expected and found sizes, `malformed` for a wrong
  ///   magic number or bytes after the end, `unsupported` where `gzip` is needed and missing.
  public static func read(_ path: String) throws(FileError) -> StoredTensor {
    let bytes = try WholeFile.read(path)
    return try parse(Gzip.recognizes(bytes) ? try Gzip.decompress(path) : bytes, file: path)
  }

  /// As ``read(_:)``, from uncompressed bytes; `file` is the name that errors carry.
  public static func parse(_ bytes: [UInt8], file: String) throws(FileError) -> StoredTensor {
    guard bytes.count >= 4 else {
      throw FileError(.truncated, file, "expected a magic number of 4 bytes, found \(bytes.count) bytes")
    }
    guard bytes[0] == 0, bytes[1] == 0, let type = types[bytes[2]], bytes[3] > 0 else {
      let found = bytes[..<4].map { String($0, radix: 16) }.joined(separator: " ")
      throw FileError(
        .malformed, file, at: .byte(0),
        "not an IDX file: expected the bytes 0 0, a type, a rank; found \(found)")
    }
    let start = 4 + 4 * Int(bytes[3])
    guard bytes.count >= start else {
      throw FileError(.truncated, file, "expected \(start) bytes of header, found \(bytes.count)")
    }
    let shape = (0..<Int(bytes[3])).map { axis in
      bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    guard let size = StoredTensor.byteCount(type, shape) else {
      throw FileError(.malformed, file, at: .byte(4), "shape \(shape) is too large")
    }
    guard bytes.count - start == size else {
      throw FileError(
        bytes.count - start < size ? .truncated : .malformed, file,
        "shape \(shape) needs \(size) bytes of data, found \(bytes.count - start)")
    }
    let data = swapped(Array(bytes[start...]), size: type.size)
    return StoredTensor(type: type, shape: shape, bytes: data)
  }

  private static let types: [UInt8: StoredTensor.ElementType] = [
    0x08: .u8, 0x09: .i8, 0x0b: .i16, 0x0c: .i32, 0x0d: .f32, 0x0e: .f64,
  ]
}
