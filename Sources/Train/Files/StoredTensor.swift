/// A tensor as files hold it: an element type, a shape, and row-major little-endian bytes.
///
/// ```swift
/// let tensor = StoredTensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
/// tensor.type     // f64
/// tensor.floats   // [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
/// ```
public struct StoredTensor: Equatable, Sendable {
  /// The element types of the safetensors format; NPY and IDX files know a part of them.
  public enum ElementType: String, Sendable, CaseIterable {
    case f64 = "F64"
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case i64 = "I64"
    case i32 = "I32"
    case i16 = "I16"
    case i8 = "I8"
    case u64 = "U64"
    case u32 = "U32"
    case u16 = "U16"
    case u8 = "U8"
    case bool = "BOOL"

    /// Bytes per element.
    public var size: Int {
      switch self {
      case .f64, .i64, .u64: 8
      case .f32, .i32, .u32: 4
      case .f16, .bf16, .i16, .u16: 2
      case .i8, .u8, .bool: 1
      }
    }
  }

  /// The type of its elements.
  public let type: ElementType
  /// The extents of its axes; none of a scalar.
  public let shape: [Int]
  /// The elements, row by row, little-endian.
  public let bytes: [UInt8]

  /// The number of elements: the product of the shape, 1 for a scalar.
  public var count: Int { bytes.count / type.size }

  /// - Precondition: there are as many bytes as type and shape need. Readers check that before.
  init(type: ElementType, shape: [Int], bytes: [UInt8]) {
    precondition(
      StoredTensor.byteCount(type, shape) == bytes.count,
      "StoredTensor: shape \(shape) of \(type.rawValue) does not fit \(bytes.count) bytes")
    (self.type, self.shape, self.bytes) = (type, shape, bytes)
  }

  /// A tensor of doubles; the shape is that of a vector unless given.
  public init(_ values: [Double], shape: [Int]? = nil) {
    let bytes = littleEndianBytes(values) { $0.bitPattern }
    self.init(type: .f64, shape: shape ?? [values.count], bytes: bytes)
  }

  /// A tensor of floats; the shape is that of a vector unless given.
  public init(_ values: [Float], shape: [Int]? = nil) {
    let bytes = littleEndianBytes(values) { $0.bitPattern }
    self.init(type: .f32, shape: shape ?? [values.count], bytes: bytes)
  }

  /// A tensor of 64-bit integers; the shape is that of a vector unless given.
  public init(_ values: [Int], shape: [Int]? = nil) {
    let bytes = littleEndianBytes(values) { UInt64(bitPattern: Int64($0)) }
    self.init(type: .i64, shape: shape ?? [values.count], bytes: bytes)
  }

  /// A vector of 32-bit integers.
  public init(_ values: [Int32]) {
    self.init(type: .i32, shape: [values.count], bytes: littleEndianBytes(values) { UInt32(bitPattern: $0) })
  }

  /// Bytes that a type and shape need, or nil where that is no number: a negative size or an overflow.
  static func byteCount(_ type: ElementType, _ shape: [Int]) -> Int? {
    var total = type.size
    for size in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      if size < 0 || overflow { return nil }
      total = product
    }
    return total
  }
}

// MARK: - Values

extension StoredTensor {
  /// The elements as doubles, row by row. Exact for every type but 64-bit integers beyond 2⁵³.
  public var doubles: [Double] { decode() }

  /// The elements as floats, row by row, rounded to nearest where they need more than 24 bits.
  public var floats: [Float] { decode() }

  /// The elements of an integer or Boolean tensor, exactly; nil for other types and for values beyond `Int`.
  public var integers: [Int]? {
    switch type {
    case .f64, .f32, .f16, .bf16: nil
    case .u64:
      bytes.withUnsafeBytes { $0.loadAll(UInt64.self).allSatisfy { $0 <= Int.max } }
        ? decode { (bits: UInt64) in Int(bits) } : nil
    case .i64: decode { (bits: UInt64) in Int(Int64(bitPattern: bits)) }
    default: (decode() as [Double]).map { Int($0) }
    }
  }

  private func decode<Result: BinaryFloatingPoint>() -> [Result] {
    switch type {
    case .f64: decode { (bits: UInt64) in Result(Double(bitPattern: bits)) }
    case .f32: decode { (bits: UInt32) in Result(Float(bitPattern: bits)) }
    case .f16: decode { (bits: UInt16) in Result(widenHalf(bits)) }
    case .bf16: decode { (bits: UInt16) in Result(Float(bitPattern: UInt32(bits) << 16)) }
    case .i64: decode { (bits: UInt64) in Result(Int64(bitPattern: bits)) }
    case .i32: decode { (bits: UInt32) in Result(Int32(bitPattern: bits)) }
    case .i16: decode { (bits: UInt16) in Result(Int16(bitPattern: bits)) }
    case .i8: decode { (bits: UInt8) in Result(Int8(bitPattern: bits)) }
    case .u64: decode { (bits: UInt64) in Result(bits) }
    case .u32: decode { (bits: UInt32) in Result(bits) }
    case .u16: decode { (bits: UInt16) in Result(bits) }
    case .u8, .bool: decode { (bits: UInt8) in Result(bits) }
    }
  }

  private func decode<Bits: FixedWidthInteger, Result>(_ value: (Bits) -> Result) -> [Result] {
    bytes.withUnsafeBytes { $0.loadAll(Bits.self).map(value) }
  }
}
