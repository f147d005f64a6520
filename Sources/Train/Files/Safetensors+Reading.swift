extension Safetensors {
  /// Reads and checks a file.
  public init(contentsOf path: String) throws(FileError) {
    try self.init(parsing: try WholeFile.read(path), file: path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameter file: the name that errors carry.
  /// - Throws: ``FileError`` of kind `truncated` where bytes are missing, `unsupported` for an element type
  ///   that is not among ``StoredTensor/ElementType``, `malformed` for everything else: a header that is no JSON
  ///   object, a shape or offsets that are no whole numbers, offsets that do not fit the shape, overlap, leave
  ///   a gap or pass the end, bytes that belong to no tensor, and a checksum that is not that of the contents.
  public init(parsing bytes: [UInt8], file: String) throws(FileError) {
    let start = try Self.headerEnd(bytes, file)
    let header = try JSONValue(parsing: bytes[8..<start], file: file, offset: 8)
    guard bytes[8] == UInt8(ascii: "{"), case .object(let members) = header else {
      throw FileError(.malformed, file, at: .byte(8), "expected a JSON object as header")
    }
    self.init()
    var entries: [Entry] = []
    for member in members {
      if member.key == "__metadata__" {
        metadata = try Self.metadata(member.value, file)
      } else {
        entries.append(try Entry(member, file))
      }
    }
    try Self.checkLayout(entries, size: bytes.count - start, file)
    for entry in entries {
      let data = Array(bytes[start + entry.range.lowerBound..<start + entry.range.upperBound])
      self[entry.name] = StoredTensor(type: entry.type, shape: entry.shape, bytes: data)
    }
    try verifyChecksum(file)
  }

  /// Where the header ends and the tensors begin.
  private static func headerEnd(_ bytes: [UInt8], _ file: String) throws(FileError) -> Int {
    guard bytes.count >= 8 else {
      throw FileError(
        .truncated, file, "expected 8 bytes of header length, found a file of \(bytes.count) bytes")
    }
    let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    // The limit of the format; without it a file of another kind would be reported as truncated.
    guard length <= 100_000_000 else {
      throw FileError(.malformed, file, "not a safetensors file: its header would have \(length) bytes")
    }
    guard length >= 2 else {
      throw FileError(.malformed, file, "expected a JSON object as header, found \(length) bytes")
    }
    let end = 8 + Int(length)
    guard end <= bytes.count else {
      throw FileError(
        .truncated, file, "the header ends at byte \(end), the file has \(bytes.count) bytes")
    }
    return end
  }

  private static func metadata(_ value: JSONValue, _ file: String) throws(FileError) -> [String: String] {
    var result: [String: String] = [:]
    guard case .object(let members) = value else {
      throw FileError(.malformed, file, "expected __metadata__ to be an object")
    }
    for member in members {
      guard case .string(let text) = member.value else {
        throw FileError(.malformed, file, "expected text as __metadata__ of '\(member.key)'")
      }
      result[member.key] = text
    }
    return result
  }

  /// Every byte belongs to exactly one tensor.
  private static func checkLayout(_ entries: [Entry], size: Int, _ file: String) throws(FileError) {
    var (end, previous) = (0, "")
    let sorted = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in sorted {
      let place = FileError.Place.tensor(entry.name)
      if entry.range.lowerBound < end {
        throw FileError(.malformed, file, at: place, "overlaps tensor '\(previous)'")
      }
      if entry.range.lowerBound > end {
        throw FileError(
          .malformed, file, at: place, "leaves \(entry.range.lowerBound - end) bytes before it unused")
      }
      (end, previous) = (entry.range.upperBound, entry.name)
      if end > size {
        throw FileError(
          .truncated, file, at: place, "ends at byte \(end) of the data, the file has \(size) bytes of data")
      }
    }
    if end < size {
      throw FileError(.malformed, file, "\(size - end) bytes after the last tensor belong to none")
    }
  }
}

/// One tensor of the header.
private struct Entry {
  let name: String
  let type: StoredTensor.ElementType
  let shape: [Int]
  let range: Range<Int>

  init(_ member: JSONValue.Member, _ file: String) throws(FileError) {
    name = member.key
    let place = FileError.Place.tensor(member.key)
    guard case .string(let typeName)? = member.value["dtype"] else {
      throw FileError(.malformed, file, at: place, "expected a dtype")
    }
    guard let type = StoredTensor.ElementType(rawValue: typeName) else {
      let known = StoredTensor.ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw FileError(.unsupported, file, at: place, "expected a dtype of \(known), found '\(typeName)'")
    }
    guard let shape = wholeNumbers(member.value["shape"]),
      let byteCount = StoredTensor.byteCount(type, shape)
    else { throw FileError(.malformed, file, at: place, "expected a shape of whole numbers") }
    guard let offsets = wholeNumbers(member.value["data_offsets"]), offsets.count == 2,
      offsets[0] <= offsets[1]
    else { throw FileError(.malformed, file, at: place, "expected data_offsets [begin, end]") }
    guard offsets[1] - offsets[0] == byteCount else {
      throw FileError(
        .malformed, file, at: place,
        "shape \(shape) of \(typeName) needs \(byteCount) bytes, data_offsets give \(offsets[1] - offsets[0])"
      )
    }
    (self.type, self.shape, self.range) = (type, shape, offsets[0]..<offsets[1])
  }
}

/// The elements of an array of numbers that are whole and not negative.
private func wholeNumbers(_ value: JSONValue?) -> [Int]? {
  guard case .array(let items)? = value else { return nil }
  let numbers = items.map { item -> Int? in
    guard case .number(let number) = item, number >= 0 else { return nil }
    return Int(exactly: number)
  }
  return numbers.contains(nil) ? nil : numbers.compactMap { $0 }
}
