/// Named tensors and text metadata in the safetensors format, which the Python ecosystem reads.
///
/// ```swift
/// var file = Safetensors(metadata: ["layers": "784,30,10"])
/// file["weights.0"] = StoredTensor(weights, shape: [784, 30])
/// try file.write(to: "model.safetensors")
/// try Safetensors(contentsOf: "model.safetensors")["weights.0"]?.shape  // [784, 30]
/// ```
///
/// The format: the length of a JSON header as 8 bytes, the header, then the bytes of all tensors without
/// gaps. Reading checks every part of that, so that a file that is accepted holds exactly what it says. Files written
/// here have a checksum among their metadata, which is checked where there is one; other readers pass over it.
public struct Safetensors: Equatable, Sendable {
  /// The tensors' names in the order in which they were added, or of the header they were read from.
  public private(set) var names: [String] = []
  private var tensors: [String: StoredTensor] = [:]

  /// Free text by key, such as the settings of the training run.
  public var metadata: [String: String]

  /// A file without tensors.
  public init(metadata: [String: String] = [:]) { self.metadata = metadata }

  /// The tensor of that name; assigning replaces it, adds it at the end, or with nil removes it.
  public subscript(name: String) -> StoredTensor? {
    get { tensors[name] }
    set {
      let wasThere = tensors.keys.contains(name)
      tensors[name] = newValue
      if newValue == nil { names.removeAll { $0 == name } } else if !wasThere { names.append(name) }
    }
  }

  /// The tensor of that name, which must be there and have that shape.
  ///
  /// - Parameter file: the name that the error carries.
  /// - Throws: ``FileError/Kind/notFound``, or ``FileError/Kind/outOfRange`` for another shape.
  public func tensor(_ name: String, shape: [Int], file: String) throws(FileError) -> StoredTensor {
    guard let tensor = tensors[name] else {
      throw FileError(
        .notFound, file, at: .tensor(name), "is not in the file, which has \(quotedList(names))")
    }
    guard tensor.shape == shape else {
      throw FileError(
        .outOfRange, file, at: .tensor(name), "expected shape \(shape), found \(tensor.shape)")
    }
    return tensor
  }
}

// MARK: - Writing

extension Safetensors {
  /// The file's bytes, with a checksum. The same contents give the same bytes.
  ///
  /// Wide elements come first and the header is padded to a multiple of 8, so that each tensor starts at a
  /// multiple of its element size and can be used in place by readers that map the file into memory.
  public func encoded() -> [UInt8] {
    let order = names.enumerated().sorted {
      let (first, second) = (tensors[$0.element]!.type.size, tensors[$1.element]!.type.size)
      return (-first, $0.offset) < (-second, $1.offset)
    }
    var members: [JSONValue.Member] = []
    var metadata = metadata
    metadata[Self.checksumKey] = checksum
    let entries = metadata.sorted { $0.key < $1.key }.map { JSONValue.Member($0, .string($1)) }
    members.append(JSONValue.Member("__metadata__", .object(entries)))
    var (data, end) = ([UInt8](), 0)
    for (_, name) in order {
      let tensor = tensors[name]!
      let begin = end
      end += tensor.bytes.count
      data += tensor.bytes
      members.append(
        JSONValue.Member(
          name,
          [
            "dtype": .string(tensor.type.rawValue), "shape": .array(tensor.shape.map { JSONValue($0) }),
            "data_offsets": [JSONValue(begin), JSONValue(end)],
          ]))
    }
    var header = Array(JSONValue.object(members).description.utf8)
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    return littleEndianBytes([header.count]) { UInt64($0) } + header + data
  }

  /// Writes the file, wholly or not at all.
  public func write(to path: String) throws(FileError) { try WholeFile.write(encoded(), to: path) }
}

// MARK: - Checksum

extension Safetensors {
  static let checksumKey = "checksum"

  /// `crc32:` and eight digits: of all names, types, shapes, bytes and metadata, in alphabetical order.
  var checksum: String {
    var sum = CRC32()
    for name in names.sorted() {
      let tensor = tensors[name]!
      sum.update("\(name)\0\(tensor.type.rawValue)\0\(tensor.shape)\0".utf8)
      sum.update(tensor.bytes)
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { sum.update("\(key)\0\(value)\0".utf8) }
    return "crc32:" + hexadecimal(sum.value)
  }

  /// Takes the checksum out of the metadata and compares it with that of the contents.
  mutating func verifyChecksum(_ file: String) throws(FileError) {
    guard let stored = metadata.removeValue(forKey: Self.checksumKey), stored.hasPrefix("crc32:") else { return }
    guard stored == checksum else {
      throw FileError(
        .malformed, file,
        "its checksum is \(stored), that of its contents \(checksum): it was damaged, or changed by a program that left "
          + "the checksum as it was")
    }
  }
}
