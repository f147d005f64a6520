/// A JSON document that keeps the order of its keys.
///
/// ```swift
/// let document: JSONValue = ["name": "ŷ", "shape": [], "value": 5.0, "upstream": .number(.infinity)]
/// print(document)  // {"name": "ŷ", "shape": [], "value": 5, "upstream": "inf"}
/// ```
///
/// A number prints as the shortest decimal that reads back as the same `Double`, whole numbers without a
/// point, and those that JSON does not have as the strings "nan", "inf" and "-inf".
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One entry of an object.
  public struct Member: Equatable, Sendable {
    /// The name of the entry, without quotes and escapes.
    public var key: String
    /// What stands behind the colon.
    public var value: JSONValue
    /// An entry of this name and value.
    public init(_ key: String, _ value: JSONValue) { (self.key, self.value) = (key, value) }
  }

  /// An integer; beyond 2⁵³ it is rounded as `Double` does.
  public init(_ value: Int) { self = .number(Double(value)) }

  /// A double; a float as the shortest decimal that reads back as that float: 0.1 and not 0.10000000149011612.
  public init(_ value: some BinaryFloatingPoint & LosslessStringConvertible) { self = .number(decimalDouble(value)) }

  /// An object of the entries that have a value, in their order.
  package init(present entries: KeyValuePairs<String, JSONValue?>) {
    self = .object(entries.compactMap { key, value in value.map { Member(key, $0) } })
  }

  /// The value under `key`, if this is an object that has it.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

// MARK: - Nested arrays

extension JSONValue {
  /// Row-major values as arrays nested to the depth of `shape`; a bare number where the shape is `[]`.
  ///
  /// ```swift
  /// JSONValue(tensor: [1, 2, 3, 4, 5, 6], shape: [2, 3])  // [[1, 2, 3], [4, 5, 6]]
  /// ```
  /// - Precondition: `values` has as many elements as the shape.
  public init(tensor values: [some BinaryFloatingPoint & LosslessStringConvertible], shape: [Int]) {
    let leaves = values.map { JSONValue($0) }
    precondition(
      leaves.count == shape.reduce(1, *), "JSONValue: \(leaves.count) values do not fill shape \(shape)")
    guard !shape.isEmpty else {
      self = leaves[0]
      return
    }
    // From the innermost axis outwards: each pass packs the items of one axis into arrays. How many arrays
    // is said by the outer axes, not by the items: an axis of size 0 has none.
    var items = leaves
    for axis in shape.indices.reversed() {
      let size = shape[axis]
      let arrays = shape[..<axis].reduce(1, *)
      items = (0..<arrays).map { .array(Array(items[$0 * size..<($0 + 1) * size])) }
    }
    self = items[0]
  }
}

// MARK: - Literals

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self.init(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
