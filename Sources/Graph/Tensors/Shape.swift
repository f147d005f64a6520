/// The extents of a tensor, outermost first: `[5, 3]` has 5 rows and 3 columns; `[]` is a scalar.
///
/// Plain data of fixed size, so that a tape can hold millions: at most 8 dimensions.
@frozen
public struct Shape: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var extents: Extents
  @usableFromInline var axisCount: Int32
  @usableFromInline var elementCount: Int

  /// How many axes: 0 for a scalar.
  @inlinable public var rank: Int { Int(axisCount) }
  /// How many elements: 1 for a scalar, 0 where an extent is 0.
  @inlinable public var count: Int { elementCount }

  /// The most axes that a tensor has.
  public static let maximalRank = 8
  /// No axes, one element.
  @inlinable public static var scalar: Shape { Shape() }

  /// Traps where an extent is negative, or where there are more than `maximalRank`.
  public init(_ dimensions: [Int]) {
    guard dimensions.count <= Self.maximalRank else {
      fatalError("shape \(dimensions): more than \(Self.maximalRank) dimensions")
    }
    (axisCount, elementCount) = (Int32(dimensions.count), 1)
    extents = Extents()
    for (axis, extent) in dimensions.enumerated() {
      guard extent >= 0, extent <= Int(Int32.max) else {
        fatalError("shape \(dimensions): impossible extent")
      }
      extents[axis] = Int32(extent)
    }
    countElements()
  }

  @inlinable
  init() { (extents, axisCount, elementCount) = (Extents(), 0, 1) }

  @inlinable
  package init(vector count: Int) {
    (axisCount, elementCount) = (1, count)
    extents = Extents()
    extents[0] = Int32(truncatingIfNeeded: count)
  }

  @inlinable
  package init(matrix rows: Int, _ columns: Int) {
    self.init(vector: rows)
    axisCount = 2
    extents[1] = Int32(truncatingIfNeeded: columns)
    elementCount = rows * columns
  }

  /// More elements than can be counted are as many as can be.
  @inlinable
  mutating func countElements() {
    elementCount = 1
    for axis in 0..<rank {
      let (product, isTooLarge) = elementCount.multipliedReportingOverflow(by: Int(extents[axis]))
      elementCount = isTooLarge ? .max : product
    }
  }

  /// The extents as an array.
  public var dimensions: [Int] { (0..<rank).map { self[$0] } }

  /// The extent along an axis; negative axes count from the end.
  @inlinable
  public subscript(axis: Int) -> Int {
    get { Int(extents[axis < 0 ? axis + rank : axis]) }
    set {
      extents[axis < 0 ? axis + rank : axis] = Int32(newValue)
      countElements()
    }
  }
}

/// Eight numbers of 32 bits, 1 unless set. Four words, not a vector of eight lanes: that would be aligned to 32 bytes,
/// which makes a shape, and all that holds one, a third larger; and its lanes are compared one by one.
@frozen
@usableFromInline
struct Extents: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var words: (UInt64, UInt64, UInt64, UInt64)

  @inlinable
  init() {
    let ones: UInt64 = 1 << 32 | 1
    words = (ones, ones, ones, ones)
  }

  @inlinable
  subscript(axis: Int) -> Int32 {
    get { withUnsafeBytes(of: words) { $0.load(fromByteOffset: 4 * axis, as: Int32.self) } }
    set { withUnsafeMutableBytes(of: &words) { $0.storeBytes(of: newValue, toByteOffset: 4 * axis, as: Int32.self) } }
  }

  @inlinable
  static func == (a: Extents, b: Extents) -> Bool {
    (a.words.0 ^ b.words.0) | (a.words.1 ^ b.words.1) | (a.words.2 ^ b.words.2) | (a.words.3 ^ b.words.3) == 0
  }

  @usableFromInline
  func hash(into hasher: inout Hasher) {
    withUnsafeBytes(of: words) { hasher.combine(bytes: $0) }
  }
}

extension Shape: ExpressibleByArrayLiteral, CustomStringConvertible {
  /// `let shape: Shape = [5, 3]`.
  public init(arrayLiteral dimensions: Int...) { self.init(dimensions) }
  /// `[5, 3]`; `[]` for a scalar.
  public var description: String { "\(dimensions)" }
}

// MARK: - Shapes made from shapes

extension Shape {
  /// How far apart neighbours along each axis are in row-major order.
  package var strides: SIMD8<Int> {
    var strides = SIMD8<Int>(repeating: 0)
    var step = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) {
      strides[axis] = step
      step *= self[axis]
    }
    return strides
  }

  /// The shape of an elementwise operation on two tensors, as in NumPy: aligned at the end, and an extent of 1
  /// stretches to the other's. Nil where they do not fit.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other { return self }
    var result = rank >= other.rank ? self : other
    let shorter = rank >= other.rank ? other : self
    let lead = result.rank - shorter.rank
    for axis in 0..<shorter.rank {
      let (a, b) = (result[lead + axis], shorter[axis])
      guard a == b || a == 1 || b == 1 else { return nil }
      result[lead + axis] = a == 1 ? b : a
    }
    return result
  }

  /// Strides that read a tensor of this shape as one of a larger shape it broadcasts to: 0 where it repeats.
  package func strides(broadcastTo target: Shape) -> SIMD8<Int> {
    let own = strides
    var result = SIMD8<Int>(repeating: 0)
    let lead = target.rank - rank
    for axis in 0..<rank where self[axis] == target[lead + axis] { result[lead + axis] = own[axis] }
    return result
  }

  /// This shape without some axes, or with extent 1 there.
  package func reduced(over axes: AxisSet, keeping: Bool) -> Shape {
    if axes.bits == 1 << UInt16(rank) - 1, !keeping { return .scalar }
    var result = Shape.scalar
    for axis in 0..<rank {
      if axes.contains(axis) && !keeping { continue }
      result.extents[result.rank] = axes.contains(axis) ? 1 : extents[axis]
      result.axisCount += 1
    }
    result.countElements()
    return result
  }

  package func permuted(_ permutation: [Int]) -> Shape { Shape(permutation.map { self[$0] }) }
}

/// A set of axes, as bits.
@frozen
@usableFromInline
package struct AxisSet: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package var bits: UInt16
  @inlinable package init(bits: UInt16) { self.bits = bits }

  /// The given axes of a tensor of some rank, all of them for nil; negative ones count from the end.
  @usableFromInline
  package init(_ axes: [Int]?, rank: Int, operation: String) {
    bits = axes == nil ? 1 << UInt16(rank) - 1 : 0
    for axis in axes ?? [] {
      let index = axis < 0 ? axis + rank : axis
      guard (0..<rank).contains(index) else {
        fatalError("\(operation): no axis \(axis) in a tensor of \(rank) dimensions")
      }
      bits |= 1 << UInt16(index)
    }
  }

  package func contains(_ axis: Int) -> Bool { bits >> UInt16(axis) & 1 == 1 }
}
